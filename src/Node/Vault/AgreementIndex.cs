using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Which agreements there are. The state is read by key and has no list, so the names are gathered from the events of the blocks; the records
/// themselves are always read at the head.
/// </summary>
internal sealed class AgreementIndex(INodeQueries queries, ChainView chain, VaultStore store) : IDisposable
{
    private const string EventPrefix = "agreement.";

    // Blocks without a word about agreements are not worth a flush each.
    private const ulong SaveEvery = 1_000;

    private static readonly TimeSpan KeepUpInterval = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _one = new(1, 1);
    private HashSet<string>? _names;
    private Height _next;
    private Height _saved;

    /// <summary>Every agreement proposed up to the head, as it stands there.</summary>
    public async Task<IReadOnlyList<AgreementRecord>> AllAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            Load();
            await CatchUpAsync(cancellationToken);
            return [.. _names!.Order(StringComparer.Ordinal).Select(chain.Agreement).OfType<AgreementRecord>()];
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the blocks as they come, so that the first request after a quiet year does not wait for all of them.</summary>
    public async Task KeepUpAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(KeepUpInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await AllAsync(cancellationToken);
    }

    public void Dispose() => _one.Dispose();

    private void Load()
    {
        if (_names is not null) return;
        var (names, next) = store.Agreements();
        (_names, _next, _saved) = (names.ToHashSet(StringComparer.Ordinal), next, next);
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_next > queries.Status.Height) return;
        var found = new List<string>();
        await foreach (var block in queries.FollowAsync(_next, follow: false, cancellationToken))
        {
            foreach (var one in block.Receipts.SelectMany(r => r.Events))
                if (one.Type.StartsWith(EventPrefix, StringComparison.Ordinal) && _names!.Count < VaultLimits.MaxAgreements && _names.Add(one.Subject))
                    found.Add(one.Subject);
            _next = block.Block.Header.Height.Next;
        }

        if (found.Count == 0 && _next.Value - _saved.Value < SaveEvery) return;
        store.PutAgreements(found, _next);
        _saved = _next;
    }
}
