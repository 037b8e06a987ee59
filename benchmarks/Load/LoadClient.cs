using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Load;

/// <summary>One agency that issues licences as fast as its window of unanswered transactions allows, over one gRPC stream.</summary>
internal sealed class LoadClient(
    GrpcChannel channel, string token, ChainId chain, OrganisationCode agency, Sm2PrivateKey key, LicenceTypeRecord type, string serialPrefix, LoadOptions options)
    : IDisposable
{
    private const string SubmitStream = "/licencechain.v1.LicenceChain/SubmitStream";
    private const ulong ValidityHeights = 500;

    private readonly ConcurrentDictionary<ByteString, long> _sent = new();
    private readonly SemaphoreSlim _window = new(options.InFlight);
    private long _serial;

    public LatencyRecorder Latencies { get; } = new();

    public long Refused { get; private set; }

    /// <summary>Issues until <paramref name="stop"/>; counts the replies that come while <paramref name="measuring"/> says so.</summary>
    public async Task RunAsync(Func<bool> measuring, Func<ulong> head, CancellationToken stop)
    {
        using var call = channel.Duplex<SubmitRequest, SubmitReply>(SubmitStream, SubmitReply.Parser, new GrpcCallOptions { BearerToken = token }, CancellationToken.None);
        var reading = ReadAsync(call.Responses, measuring);
        try
        {
            while (true)
            {
                await _window.WaitAsync(stop);
                do Write(call.Requests, head());
                while (_window.Wait(0, CancellationToken.None));
                await call.Requests.FlushAsync(CancellationToken.None); // a write cancelled halfway ends the stream, and with it the replies still due
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await call.CompleteAsync(CancellationToken.None);
        }

        await reading;
    }

    public void Dispose() => _window.Dispose();

    private async Task ReadAsync(IGrpcReader<SubmitReply> replies, Func<bool> measuring)
    {
        while (await replies.ReadAsync(CancellationToken.None) is { } reply)
        {
            var latency = _sent.TryRemove(reply.TransactionId, out var at) ? Stopwatch.GetElapsedTime(at) : TimeSpan.Zero;
            if (measuring())
            {
                if (reply.Code == Refusal.Ok) Latencies.Add(latency);
                else Refused++;
            }

            _window.Release();
        }
    }

    private void Write(IGrpcWriter<SubmitRequest> requests, ulong head)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        RandomNumberGenerator.Fill(unique);
        var transaction = options.Batch == 1
            ? TransactionBuilder.Sign(chain, "licences", "issue", NewLicence(), key, new Height(head + ValidityHeights), unique)
            : TransactionBuilder.Sign(chain, "licences", "issueBatch", NewBatch(), key, new Height(head + ValidityHeights), unique);
        _sent[UnsafeByteOperations.UnsafeWrap(transaction.Id.Value.ToArray())] = Stopwatch.GetTimestamp();
        requests.Write(new SubmitRequest { Transaction = UnsafeByteOperations.UnsafeWrap(transaction.Bytes), Wait = true });
    }

    private IssueLicences NewBatch()
    {
        var batch = new IssueLicences();
        for (var i = 0; i < options.Batch; i++) batch.Licences.Add(NewLicence());
        return batch;
    }

    private IssueLicence NewLicence() => new()
    {
        Id = LicenceId.Mint(type.TypeCode, agency, serialPrefix + (_serial++).ToString("D9", System.Globalization.CultureInfo.InvariantCulture), 1).Value,
        Type = type.Code,
        HolderTag = Random32(),
        Commitment = Random32(),
        CredentialHash = Random32(),
        ValidFromMs = 1,
        ValidUntilMs = 0,
    };

    private static ByteString Random32() => UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(Hash256.Size));
}
