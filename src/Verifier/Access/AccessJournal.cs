using System.Threading.Channels;
using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Access;

/// <summary>The Verifier's half of every access: the shared access log, with its failures as refusals to answer.</summary>
internal sealed class AccessJournal(IndexedAccessLog log, ILogger<AccessJournal> logger)
{
    /// <summary>Name of the log on chain.</summary>
    public string Origin => log.Origin;

    /// <summary>Entries on disk.</summary>
    public ulong Size => log.Size;

    /// <summary>Returns the entry's index once it is on disk. Not cancellable: what was decided is logged.</summary>
    /// <exception cref="VerifierException"><see cref="VerifierCodes.LogUnavailable"/>: nothing may be answered.</exception>
    public async Task<ulong> AppendAsync(AccessRecord record)
    {
        try
        {
            return await log.AppendAsync(record, CancellationToken.None);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or ChannelClosedException)
        {
            Log.LogUnavailable(logger, failed);
            throw new VerifierException(VerifierCodes.LogUnavailable, "The access log cannot be written, so nothing is answered; the service's log holds the cause.", failed);
        }
    }

    /// <summary>The newest <paramref name="most"/> indexes of a licence's entries, ascending, and how many there are.</summary>
    public (IReadOnlyList<ulong> Newest, int Count) Find(string licence, int most)
    {
        var all = new List<ulong>();
        for (IReadOnlyList<ulong> page = log.ByLicence(licence); page.Count > 0; page = log.ByLicence(licence, page[^1] + 1)) all.AddRange(page);
        return (all.Count <= most ? all : all.GetRange(all.Count - most, most), all.Count);
    }

    /// <summary>An entry with its proof under the root at <paramref name="size"/>.</summary>
    public AccessEntry Entry(ulong index, ulong size) => log.Entry(index, size);

    /// <summary>Size and root now.</summary>
    public LogCheckpoint Checkpoint() => log.Checkpoint();

    /// <summary>Size and root as they were at <paramref name="size"/>.</summary>
    public LogCheckpoint CheckpointAt(ulong size) => log.CheckpointAt(size);

    /// <summary>Why this is not the log of which the chain holds a checkpoint; null while it is.</summary>
    public string? Contradiction(CheckpointRecord anchored) => log.Contradiction(anchored);

    /// <summary>What shows that the log only grew; empty from nothing.</summary>
    public IEnumerable<ByteString> ConsistencyProof(ulong oldSize, ulong newSize) =>
        oldSize == 0 ? [] : log.ConsistencyProof(oldSize, newSize).Select(h => ByteString.CopyFrom(h.Span));
}
