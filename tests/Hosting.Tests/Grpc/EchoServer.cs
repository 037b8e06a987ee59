using System.Net;
using Google.Protobuf;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Listening;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.Tests.Grpc;

/// <summary>A real Kestrel on a free loopback port with one method of each kind.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    public const string Echo = "/licencechain.v1.LicenceChain/Submit";
    public const string Count = "/licencechain.v1.LicenceChain/Blocks";
    public const string Both = "/licencechain.v1.LicenceChain/SubmitStream";
    public const string Control = "/control";
    public const int SmallLimit = 64 * 1024;

    private readonly WebApplication _app;

    private EchoServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>Set when a handler saw its token cancelled.</summary>
    public TaskCompletionSource HandlerCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set when Kestrel killed a request of <see cref="Control"/> for sending nothing.</summary>
    public TaskCompletionSource ControlKilled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<EchoServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            KestrelLimits.Apply(options);
            options.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(1.1)); // as impatient as Kestrel allows
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var server = new EchoServer(app);
        app.MapUnary<SubmitRequest, SubmitReply>(Echo, SubmitRequest.Parser, server.EchoAsync, SmallLimit);
        app.MapServerStreaming<BlocksRequest, SubmitReply>(Count, BlocksRequest.Parser, server.CountAsync);
        app.MapDuplex<SubmitRequest, SubmitReply>(Both, SubmitRequest.Parser, server.BothAsync);
        app.MapPost(Control, server.ControlAsync);
        app.MapGrpcReflection(ApiReflection.Descriptor);
        await app.StartAsync();
        server.Address = new Uri(app.Urls.Single());
        return server;
    }

    public GrpcChannel Connect() => new(new GrpcChannelOptions { Address = Address });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<SubmitReply> EchoAsync(SubmitRequest request, GrpcCallContext context)
    {
        switch (request.Transaction.ToStringUtf8())
        {
            case "refuse": throw new GrpcException(GrpcStatus.FailedPrecondition, "拒绝: 100% no\n");
            case "crash": throw new InvalidOperationException("a secret of the server");
            case "grow": return new SubmitReply { Detail = new string('x', 200) };
            case "wait":
                await Forever(context);
                break;
        }

        return new SubmitReply { TransactionId = request.Transaction };
    }

    private async Task CountAsync(BlocksRequest request, IGrpcWriter<SubmitReply> responses, GrpcCallContext context)
    {
        for (var i = request.From; i < request.From + request.Limit; i++)
            await responses.WriteAsync(new SubmitReply { Height = i }, context.CancellationToken);
        if (request.Follow) await Forever(context);
        if (request.Limit == 3) throw new GrpcException(GrpcStatus.OutOfRange, "three is too few");
    }

    private async Task BothAsync(IGrpcReader<SubmitRequest> requests, IGrpcWriter<SubmitReply> responses, GrpcCallContext context)
    {
        while (await requests.ReadAsync(context.CancellationToken) is { } request)
        {
            responses.Write(new SubmitReply { TransactionId = request.Transaction });
            while (requests.TryRead(out var next)) responses.Write(new SubmitReply { TransactionId = next.Transaction });
            await responses.FlushAsync(context.CancellationToken);
        }
    }

    /// <summary>Reads a body without lifting any limit: what happens to a stream that is not gRPC.</summary>
    private async Task ControlAsync(HttpContext context)
    {
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            ControlKilled.TrySetResult();
        }
    }

    private async Task Forever(GrpcCallContext context)
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        }
        finally
        {
            HandlerCancelled.TrySetResult();
        }
    }

    public static SubmitRequest Request(string text) => new() { Transaction = ByteString.CopyFromUtf8(text) };
}
