using Google.Protobuf;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Tests.Support;

/// <summary>Stands before a real node and passes everything on, but for what the test spoils: a node that lies or fails in one place.</summary>
internal sealed class FaultyNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _node;

    private FaultyNode(WebApplication app, HttpClient node)
    {
        _app = app;
        _node = node;
    }

    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>Every release is changed by <paramref name="spoil"/>.</summary>
    public static Task<FaultyNode> SpoilingReleasesAsync(Uri node, Action<VaultReply> spoil) => StartAsync(node, (path, body) =>
    {
        if (path != "/v1/vault/releases") return body;
        var reply = VaultReply.Parser.ParseFrom(body);
        spoil(reply);
        return reply.ToByteArray();
    });

    /// <summary>No transaction is taken.</summary>
    public static Task<FaultyNode> RefusingTransactionsAsync(Uri node) => StartAsync(node, (path, body) => path == "/v1/transactions" ? null : body);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _node.Dispose();
    }

    private static async Task<FaultyNode> StartAsync(Uri node, Func<string, byte[], byte[]?> spoil)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var client = new HttpClient { BaseAddress = node };
        var app = builder.Build();
        app.Run(context => PassOnAsync(context, client, spoil));
        await app.StartAsync();
        return new FaultyNode(app, client);
    }

    private static async Task PassOnAsync(HttpContext context, HttpClient node, Func<string, byte[], byte[]?> spoil)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString.Value);
        foreach (var name in new[] { "Authorization", "Accept", "Last-Event-ID" }) request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)context.Request.Headers[name]);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0) request.Content = new ByteArrayContent(body.ToArray()) { Headers = { { "Content-Type", context.Request.ContentType } } };
        using var response = await node.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
        {
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        var answer = spoil(context.Request.Path, await response.Content.ReadAsByteArrayAsync());
        if (answer is null) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else await context.Response.Body.WriteAsync(answer);
    }
}
