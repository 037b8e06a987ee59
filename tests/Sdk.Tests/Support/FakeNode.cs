using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Sdk.Tests.Support;

/// <summary>The network's end: answers each request as the test says, and remembers what was asked.</summary>
internal sealed class FakeNode : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = new();

    public List<(string Line, string? LastEventId)> Asked { get; } = [];

    public LicenceChainClient Client(int attempts = 3) => new(
        new HttpClient(this) { BaseAddress = new Uri("http://node.test/") },
        new LicenceChainClientOptions { MaxAttempts = attempts, FirstPause = TimeSpan.FromTicks(1), MaxPause = TimeSpan.FromTicks(1), Token = "token" });

    public FakeNode Then(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public FakeNode Then(IMessage message) => Then(_ => Bytes(message.ToByteArray()));

    public FakeNode ThenText(string text) => Then(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text) });

    public FakeNode ThenProblem(int status, string code) => Then(_ => new HttpResponseMessage((HttpStatusCode)status)
    {
        Content = new StringContent($$"""{"title":"No","detail":"Because.","code":"{{code}}"}""", new MediaTypeHeaderValue("application/problem+json")),
    });

    public FakeNode ThenNothing() => Then(_ => throw new HttpRequestException("Connection refused."));

    public static HttpResponseMessage Bytes(byte[] bytes) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } } };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", request.Headers.TryGetValues("Last-Event-ID", out var ids) ? ids.Single() : null));
        Assert.Equal("Bearer token", request.Headers.Authorization!.ToString());
        return Task.FromResult(_answers.Dequeue()(request));
    }
}
