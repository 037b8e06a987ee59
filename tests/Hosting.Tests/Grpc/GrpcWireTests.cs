using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Hosting.Tests.Grpc;

/// <summary>What stands on the wire, seen with a plain HTTP/2 client.</summary>
public sealed class GrpcWireTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync() => _server = await EchoServer.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Refusal_before_the_first_message_is_trailers_only()
    {
        using var response = await PostAsync(Frame(EchoServer.Request("refuse")));
        Assert.Equal("9", Header(response, "grpc-status"));
        Assert.Equal("%E6%8B%92%E7%BB%9D: 100%25 no%0A", Header(response, "grpc-message"));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task Success_states_its_status_in_the_trailers()
    {
        using var response = await PostAsync(Frame(EchoServer.Request("hello")));
        Assert.False(response.Headers.Contains("grpc-status"));
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("hello", SubmitReply.Parser.ParseFrom(body.AsSpan(5)).TransactionId.ToStringUtf8());
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Gzip_is_understood()
    {
        using var response = await PostAsync(Frame(Zip(EchoServer.Request("hello").ToByteArray()), 1), ("grpc-encoding", "gzip"));
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("hello", SubmitReply.Parser.ParseFrom(body.AsSpan(5)).TransactionId.ToStringUtf8());
    }

    [Fact]
    public async Task Small_message_that_unzips_over_the_limit_is_refused()
    {
        var bomb = Zip(EchoServer.Request(new string('x', EchoServer.SmallLimit + 1)).ToByteArray());
        Assert.True(bomb.Length < 1000);
        Assert.Equal(GrpcStatus.ResourceExhausted, await StatusAsync(Frame(bomb, 1), ("grpc-encoding", "gzip")));
    }

    [Fact]
    public async Task Message_that_is_not_gzip_and_message_that_is_not_protobuf_are_the_callers_fault()
    {
        Assert.Equal(GrpcStatus.InvalidArgument, await StatusAsync(Frame([1, 2, 3], 1), ("grpc-encoding", "gzip")));
        Assert.Equal(GrpcStatus.InvalidArgument, await StatusAsync(Frame([0xFF, 0xFF], 0)));
    }

    [Fact]
    public async Task Unknown_encoding_is_unimplemented_and_the_known_ones_are_named()
    {
        using var response = await PostAsync(Frame(EchoServer.Request("x")), ("grpc-encoding", "snappy"));
        Assert.Equal("12", Header(response, "grpc-status"));
        Assert.Equal("identity,gzip", Header(response, "grpc-accept-encoding"));
    }

    [Fact]
    public async Task Compressed_message_without_an_announced_encoding_breaks_the_protocol() =>
        Assert.Equal(GrpcStatus.Internal, await StatusAsync(Frame([1], 1)));

    [Fact]
    public async Task None_several_and_half_a_message_are_refused_by_a_unary_method()
    {
        var one = Frame(EchoServer.Request("x"));
        Assert.Equal(GrpcStatus.Unimplemented, await StatusAsync([]));
        Assert.Equal(GrpcStatus.Unimplemented, await StatusAsync([.. one, .. one]));
        Assert.Equal(GrpcStatus.Internal, await StatusAsync(one[..^1]));
    }

    [Fact]
    public async Task Announced_length_over_the_limit_is_refused_before_its_bytes_come()
    {
        var header = new byte[5];
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), uint.MaxValue);
        Assert.Equal(GrpcStatus.ResourceExhausted, await StatusAsync(header));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("123456789S")]
    [InlineData("-1S")]
    [InlineData("5x")]
    public async Task Malformed_deadline_is_an_invalid_argument(string timeout) =>
        Assert.Equal(GrpcStatus.InvalidArgument, await StatusAsync(Frame(EchoServer.Request("x")), ("grpc-timeout", timeout)));

    [Fact]
    public async Task Huge_deadline_is_clamped_and_the_call_answered() =>
        Assert.Equal(GrpcStatus.Ok, await StatusAsync(Frame(EchoServer.Request("x")), ("grpc-timeout", "99999999H")));

    [Fact]
    public async Task Other_content_type_is_415()
    {
        using var request = Request(Frame(EchoServer.Request("x")));
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Idle_stream_survives_what_kills_an_ordinary_request()
    {
        using var channel = _server.Connect();
        using var idle = channel.Duplex<SubmitRequest, SubmitReply>(EchoServer.Both, SubmitReply.Parser);
        await idle.Requests.WriteAsync(EchoServer.Request("before"), default);
        Assert.NotNull(await idle.Responses.ReadAsync(default));

        // An ordinary request on another connection says nothing either, and Kestrel ends it: from here on the stream has outlived the limit.
        using var silence = new GrpcDuplexContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, EchoServer.Control))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = silence,
        };
        var ordinary = _http.SendAsync(request);
        await _server.ControlKilled.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await idle.Requests.WriteAsync(EchoServer.Request("after"), default);
        Assert.Equal("after", (await idle.Responses.ReadAsync(default))!.TransactionId.ToStringUtf8());
        silence.Complete();
        _ = await Record.ExceptionAsync(() => ordinary);
    }

    private static byte[] Frame(IMessage message) => Frame(message.ToByteArray(), 0);

    private static byte[] Frame(byte[] message, byte flag)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize)) zip.Write(bytes);
        return zipped.ToArray();
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private HttpRequestMessage Request(byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, EchoServer.Echo))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = Request(body, headers);
        return await _http.SendAsync(request);
    }

    private async Task<GrpcStatus> StatusAsync(byte[] body, params (string Name, string Value)[] headers)
    {
        using var response = await PostAsync(body, headers);
        var where = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        return (GrpcStatus)int.Parse(where.GetValues("grpc-status").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
