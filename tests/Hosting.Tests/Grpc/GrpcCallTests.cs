using Google.Protobuf;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Hosting.Tests.Grpc;

public sealed class GrpcCallTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private EchoServer _server = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _channel = _server.Connect();
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Unary_call_returns_the_response()
    {
        var reply = await _channel.UnaryAsync(EchoServer.Echo, EchoServer.Request("hello"), SubmitReply.Parser);
        Assert.Equal("hello", reply.TransactionId.ToStringUtf8());
    }

    [Fact]
    public async Task Refusal_carries_its_status_and_its_message_in_any_language()
    {
        var e = await Refused(EchoServer.Request("refuse"));
        Assert.Equal(GrpcStatus.FailedPrecondition, e.Status);
        Assert.Equal("拒绝: 100% no\n", e.Message);
    }

    [Fact]
    public async Task Crash_of_a_handler_says_nothing_of_its_cause()
    {
        var e = await Refused(EchoServer.Request("crash"));
        Assert.Equal(GrpcStatus.Internal, e.Status);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_over_the_servers_limit_is_refused_and_the_connection_goes_on()
    {
        var e = await Refused(EchoServer.Request(new string('x', EchoServer.SmallLimit + 1)));
        Assert.Equal(GrpcStatus.ResourceExhausted, e.Status);
        Assert.NotNull(await _channel.UnaryAsync(EchoServer.Echo, EchoServer.Request("after"), SubmitReply.Parser));
    }

    [Fact]
    public async Task Message_over_the_callers_own_limit_is_not_sent()
    {
        using var small = new GrpcChannel(new GrpcChannelOptions { Address = _server.Address, MaxMessageBytes = 100 });
        var e = await Assert.ThrowsAsync<GrpcException>(() => small.UnaryAsync(EchoServer.Echo, EchoServer.Request(new string('x', 101)), SubmitReply.Parser));
        Assert.Equal(GrpcStatus.ResourceExhausted, e.Status);
    }

    [Fact]
    public async Task Response_over_the_callers_limit_is_refused()
    {
        using var small = new GrpcChannel(new GrpcChannelOptions { Address = _server.Address, MaxMessageBytes = 100 });
        var e = await Assert.ThrowsAsync<GrpcException>(() => small.UnaryAsync(EchoServer.Echo, EchoServer.Request("grow"), SubmitReply.Parser));
        Assert.Equal(GrpcStatus.ResourceExhausted, e.Status);
    }

    [Fact]
    public async Task Deadline_ends_the_call_on_both_sides()
    {
        // A first call makes the connection: a deadline that passes before the handler has the request could not end it there.
        await _channel.UnaryAsync(EchoServer.Echo, EchoServer.Request("connect"), SubmitReply.Parser);
        var e = await Refused(EchoServer.Request("wait"), new GrpcCallOptions { Timeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(GrpcStatus.DeadlineExceeded, e.Status);
        await _server.HandlerCancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Cancelling_the_call_cancels_its_handler()
    {
        using var caller = new CancellationTokenSource();
        var stream = _channel.ServerStreamingAsync(EchoServer.Count, new BlocksRequest { Limit = 1, Follow = true }, SubmitReply.Parser, null, caller.Token);
        await using var responses = stream.GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await responses.MoveNextAsync());
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => responses.MoveNextAsync().AsTask());
        await _server.HandlerCancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Leaving_a_server_stream_early_cancels_its_handler()
    {
        await foreach (var reply in _channel.ServerStreamingAsync(EchoServer.Count, new BlocksRequest { Limit = 1, Follow = true }, SubmitReply.Parser))
        {
            Assert.Equal(0UL, reply.Height);
            break;
        }

        await _server.HandlerCancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Server_stream_delivers_every_message_in_order()
    {
        var next = 5UL;
        await foreach (var reply in _channel.ServerStreamingAsync(EchoServer.Count, new BlocksRequest { From = 5, Limit = 2000 }, SubmitReply.Parser))
            Assert.Equal(next++, reply.Height);
        Assert.Equal(2005UL, next);
    }

    [Fact]
    public async Task Server_stream_that_fails_late_delivers_its_messages_and_then_its_status()
    {
        var seen = 0;
        var e = await Assert.ThrowsAsync<GrpcException>(async () =>
        {
            await foreach (var reply in _channel.ServerStreamingAsync(EchoServer.Count, new BlocksRequest { Limit = 3 }, SubmitReply.Parser)) seen++;
        });
        Assert.Equal(GrpcStatus.OutOfRange, e.Status);
        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task Empty_server_stream_ends_well()
    {
        await foreach (var reply in _channel.ServerStreamingAsync(EchoServer.Count, new BlocksRequest(), SubmitReply.Parser)) Assert.Fail("nothing was asked for");
    }

    [Fact]
    public async Task Duplex_stream_echoes_a_batch_larger_than_every_window()
    {
        using var call = _channel.Duplex<SubmitRequest, SubmitReply>(EchoServer.Both, SubmitReply.Parser);
        var payload = new SubmitRequest { Transaction = ByteString.CopyFrom(new byte[3 * 1024 * 1024]) };
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++) await call.Requests.WriteAsync(payload, CancellationToken.None);
            await call.CompleteAsync(CancellationToken.None);
        });
        var received = 0;
        while (await call.Responses.ReadAsync(CancellationToken.None) is { } reply)
        {
            Assert.Equal(payload.Transaction.Length, reply.TransactionId.Length);
            received++;
        }

        await sending;
        Assert.Equal(6, received);
    }

    [Fact]
    public async Task Duplex_stream_takes_batches_of_small_messages()
    {
        using var call = _channel.Duplex<SubmitRequest, SubmitReply>(EchoServer.Both, SubmitReply.Parser);
        for (var i = 0; i < 1000; i++) call.Requests.Write(EchoServer.Request("m" + i));
        await call.Requests.FlushAsync(default);
        for (var i = 0; i < 1000; i++) Assert.Equal("m" + i, (await call.Responses.ReadAsync(default))!.TransactionId.ToStringUtf8());
        await call.CompleteAsync(default);
        Assert.Null(await call.Responses.ReadAsync(default));
    }

    [Fact]
    public async Task Server_that_is_not_there_is_unavailable_on_read_and_on_write()
    {
        using var nowhere = new GrpcChannel(new GrpcChannelOptions { Address = new Uri("http://127.0.0.1:1") });
        using var call = nowhere.Duplex<SubmitRequest, SubmitReply>(EchoServer.Both, SubmitReply.Parser);
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<GrpcException>(() => call.Requests.WriteAsync(EchoServer.Request("x"), default).AsTask())).Status);
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<GrpcException>(() => call.Responses.ReadAsync(default).AsTask())).Status);
    }

    [Fact]
    public async Task Write_that_was_cancelled_halfway_closes_the_sending_half()
    {
        using var call = _channel.Duplex<BlocksRequest, SubmitReply>(EchoServer.Count, SubmitReply.Parser);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Requests.WriteAsync(new BlocksRequest(), cancelled.Token).AsTask());
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<GrpcException>(() => call.Requests.WriteAsync(new BlocksRequest(), default).AsTask())).Status);
    }

    [Fact]
    public async Task Unknown_method_is_unimplemented()
    {
        var e = await Assert.ThrowsAsync<GrpcException>(() => _channel.UnaryAsync("/licencechain.v1.LicenceChain/None", EchoServer.Request("x"), SubmitReply.Parser));
        Assert.Equal(GrpcStatus.Unimplemented, e.Status);
    }

    [Fact]
    public async Task Stopping_server_ends_open_streams_as_unavailable()
    {
        using var call = _channel.Duplex<SubmitRequest, SubmitReply>(EchoServer.Both, SubmitReply.Parser);
        await call.Requests.WriteAsync(EchoServer.Request("x"), default);
        Assert.NotNull(await call.Responses.ReadAsync(default));
        var stopping = _server.DisposeAsync().AsTask();
        var e = await Assert.ThrowsAsync<GrpcException>(() => call.Responses.ReadAsync(default).AsTask().WaitAsync(Patience));
        Assert.Equal(GrpcStatus.Unavailable, e.Status);
        await stopping.WaitAsync(Patience);
    }

    private Task<GrpcException> Refused(SubmitRequest request, GrpcCallOptions? options = null) =>
        Assert.ThrowsAsync<GrpcException>(() => _channel.UnaryAsync(EchoServer.Echo, request, SubmitReply.Parser, options));
}
