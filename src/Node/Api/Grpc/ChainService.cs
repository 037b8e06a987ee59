using System.Threading.Channels;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Api.Grpc;

/// <summary>licencechain.v1.LicenceChain.</summary>
internal sealed class ChainService(INodeQueries queries, SubmissionGate gate, EventFeed feed, StreamSlots slots)
{
    public async Task<SubmitReply> SubmitAsync(SubmitRequest request, GrpcCallContext context) =>
        Replies.From(await gate.SubmitAsync(request.Transaction.Memory, request.Wait, context.CancellationToken));

    /// <summary>Many in flight, each answered as it commits; so replies come in the order of the blocks and not of the requests.</summary>
    public async Task SubmitStreamAsync(IGrpcReader<SubmitRequest> requests, IGrpcWriter<SubmitReply> replies, GrpcCallContext context)
    {
        using var slot = Take();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var room = new SemaphoreSlim(ApiLimits.MaxInFlight);
        var done = Channel.CreateUnbounded<SubmitReply>(new UnboundedChannelOptions { SingleReader = true }); // bounded by the room
        var writing = WriteAsync(done.Reader, replies, room, end.Token);
        try
        {
            var reading = ReadAsync(requests, done.Writer, room, end.Token);
            await Task.WhenAny(reading, writing); // a writer that failed must not leave the reader waiting
            if (writing.IsCompleted) await end.CancelAsync();
            await reading;
            await writing;
        }
        finally
        {
            await end.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task<QueryReply> QueryAsync(QueryRequest request, GrpcCallContext context)
    {
        if (!StateKind.TryResolve(request.Kind, request.Id, out _, out var key, out var refusal)) throw Invalid(refusal);
        return Task.FromResult(StateQueries.Ask(queries, key));
    }

    public async Task<LicenceProofMessage> ProveAsync(ProveRequest request, GrpcCallContext context)
    {
        if (!StateQueries.TryReadKeys(request, out var keys, out var refusal)) throw Invalid(refusal);
        return (await queries.ProveAsync(keys, context.CancellationToken)).Message;
    }

    public Task<LicenceProofMessage> ProveTransactionAsync(ProveTransactionRequest request, GrpcCallContext context)
    {
        if (!TransactionId.TryFrom(request.TransactionId.Span, out var id)) throw Invalid(new Refusal(ApiCodes.BadId, "A transaction id has 32 bytes."));
        if (!queries.TryGetTransaction(id, out var height, out var index))
            throw new GrpcException(GrpcStatus.NotFound, new Refusal(ApiCodes.NoTransaction, "This node has committed no such transaction.").ToString());
        if (!queries.TryGetBlock(height, out var block)) throw new GrpcException(GrpcStatus.NotFound, MissingBlock.Why(height, queries.Status).ToString());
        return Task.FromResult(TransactionProofs.Prove(block, index));
    }

    public Task BlocksAsync(BlocksRequest request, IGrpcWriter<CommittedBlockMessage> replies, GrpcCallContext context) =>
        FollowAsync(request, block => CommittedBlockMessage.Parser.ParseFrom(block.Bytes.Span), replies, context);

    public Task HeadersAsync(BlocksRequest request, IGrpcWriter<HeaderEntry> replies, GrpcCallContext context) =>
        FollowAsync(request, new HeaderEntries(queries).Of, replies, context);

    public async Task EventsAsync(EventsRequest request, IGrpcWriter<EventEntry> replies, GrpcCallContext context)
    {
        if (request.Types_.Count > ApiLimits.MaxEventTypes) throw Invalid(new Refusal(ApiCodes.BadRange, $"types names at most {ApiLimits.MaxEventTypes} types."));
        CheckHeld(request.From);
        using var slot = Take();
        await context.SendHeadersAsync();
        var types = request.Types_.ToHashSet(StringComparer.Ordinal);
        await foreach (var entry in feed.FollowAsync(new Height(request.From), null, types, request.Follow, context.CancellationToken))
            await replies.WriteAsync(entry, context.CancellationToken);
    }

    public Task<StatusReply> StatusAsync(StatusRequest request, GrpcCallContext context) => Task.FromResult(Replies.From(queries.Status));

    public Task<WhyReply> WhyAsync(WhyRequest request, GrpcCallContext context) => Task.FromResult(Replies.From(queries.Why));

    private async Task FollowAsync<T>(BlocksRequest request, Func<CommittedBlock, T> project, IGrpcWriter<T> replies, GrpcCallContext context)
        where T : class
    {
        CheckHeld(request.From);
        using var slot = Take();
        await context.SendHeadersAsync();
        var sent = 0u;
        await foreach (var block in queries.FollowAsync(new Height(request.From), request.Follow, context.CancellationToken))
        {
            await replies.WriteAsync(project(block), context.CancellationToken);
            if (++sent == request.Limit) return;
        }
    }

    private async Task ReadAsync(IGrpcReader<SubmitRequest> requests, ChannelWriter<SubmitReply> done, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        var pending = 1; // the reader itself, until the caller has sent all
        Exception? failure = null;
        try
        {
            await foreach (var request in requests.ReadAllAsync(cancellationToken))
            {
                await room.WaitAsync(cancellationToken);
                Interlocked.Increment(ref pending);
                _ = AnswerAsync(request);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            Leave(failure);
        }

        async Task AnswerAsync(SubmitRequest request)
        {
            Exception? broken = null;
            try
            {
                done.TryWrite(Replies.From(await gate.SubmitAsync(request.Transaction.Memory, request.Wait, cancellationToken)));
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
            {
                broken = e; // the stream ends with it; there is nobody left to answer one by one
            }

            Leave(broken);
        }

        void Leave(Exception? cause)
        {
            if (Interlocked.Decrement(ref pending) == 0 || cause is not null) done.TryComplete(cause);
        }
    }

    private static async Task WriteAsync(ChannelReader<SubmitReply> done, IGrpcWriter<SubmitReply> replies, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        while (await done.WaitToReadAsync(cancellationToken))
        {
            var batch = 0;
            for (; batch < ApiLimits.MaxReplyBatch && done.TryRead(out var reply); batch++) replies.Write(reply);
            await replies.FlushAsync(cancellationToken);
            if (batch > 0) room.Release(batch);
        }
    }

    private IDisposable Take() =>
        slots.TryTake() ?? throw new GrpcException(GrpcStatus.ResourceExhausted, new Refusal(ApiCodes.TooManyStreams, $"{ApiLimits.MaxStreams} streams are open.").ToString());

    private void CheckHeld(ulong from)
    {
        if (from >= long.MaxValue) throw Invalid(new Refusal(ApiCodes.BadRange, "from is out of range."));
        if (from <= queries.Status.Height.Value && !queries.TryGetBlock(new Height(from), out _))
            throw new GrpcException(GrpcStatus.OutOfRange, MissingBlock.Why(new Height(from), queries.Status).ToString());
    }

    private static GrpcException Invalid(Refusal refusal) => new(GrpcStatus.InvalidArgument, refusal.ToString());
}
