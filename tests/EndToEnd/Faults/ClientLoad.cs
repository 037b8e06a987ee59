using System.Diagnostics;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>
/// Clients that go on whatever happens: each hands the same transaction in at the next validator when one does not answer, until it is acknowledged or too old. A transaction
/// that reached several validators must still be in the chain once.
/// </summary>
internal sealed class ClientLoad : IAsyncDisposable
{
    // Above the time to commit through two lost rounds; below it, clients would leave validators that do answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Under half of the chain's window, and beyond what the longest fault here lasts.
    private const ulong ValidityHeights = 400;

    private readonly AcknowledgementLog _log;
    private readonly TestLicences _licences;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Sm2PrivateKey _key;
    private readonly TransactionFactory _factory;
    private readonly IReadOnlyList<LicenceChainClient> _clients;
    private readonly Task _running;
    private ulong _head;

    public ClientLoad(ProcessNetwork network, TestLicences licences, AcknowledgementLog log, ulong head, int workers)
    {
        (_log, _licences, _head) = (log, licences, head);
        _key = network.OfficerKey(network.Agencies[0], "issue");
        _factory = new TransactionFactory(network.Directory.Chain, _key);
        _clients = [.. Enumerable.Range(0, network.Validators.Count).Select(i => network.Client(i, Patience, maxAttempts: 1))];
        _running = Task.WhenAll(Enumerable.Range(0, workers).Select(i => Task.Run(() => WorkAsync(i))));
    }

    /// <summary>Leaves what is under way: it was not acknowledged, whatever becomes of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        foreach (var client in _clients) client.Dispose();
        _key.Dispose();
        _stopping.Dispose();
    }

    private async Task WorkAsync(int worker)
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var validator = worker % _clients.Count; // at home first, so that the clients stay spread over all that answer
                var (id, licence) = _licences.Next();
                var transaction = _factory.Issue(licence, new Height(Volatile.Read(ref _head) + ValidityHeights));
                while (!await TryAsync(id, transaction, validator))
                {
                    validator = (validator + 1) % _clients.Count;
                    await Await.PassAsync(Pause, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop: what is under way was promised to nobody.
        }
    }

    // True when this transaction is over.
    private async Task<bool> TryAsync(LicenceId id, SignedTransaction transaction, int validator)
    {
        try
        {
            var result = await _clients[validator].SubmitAsync(transaction, wait: true, _stopping.Token);
            if (result is { Applied: true, Height: { } height })
            {
                _log.Add(new Acknowledgement(transaction.Id, id, height, result.Index, Stopwatch.GetTimestamp(), validator));
                InterlockedMax(height.Value);
                return true;
            }

            if (result.Receipt is not null) _log.AddSurprise($"validator {validator} committed {transaction.Id} as {result.Code}: {result.Detail}");
            return result.Receipt is not null || result.Code is TransactionCodes.Expired or TransactionCodes.Dropped;
        }
        catch (LicenceChainException)
        {
            return false; // down, paused, cut off, stopping or too far behind to know the key: the next one may do better
        }
    }

    private void InterlockedMax(ulong height)
    {
        for (var seen = Volatile.Read(ref _head); seen < height;)
        {
            var before = Interlocked.CompareExchange(ref _head, height, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
