using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Node.Snapshots;

/// <summary>Bounds of snapshots. Where a number comes from stands with it.</summary>
internal static class SnapshotLimits
{
    /// <summary>Bytes of a chunk of rows or blocks: a megabyte is checked and written in a few milliseconds, and little is lost when it has to be asked for again.</summary>
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>Largest chunk: a block that is larger than <see cref="ChunkBytes"/> stands alone, with room for its framing.</summary>
    public const int MaxChunkBytes = CommittedBlock.MaxBytes + 1024;

    /// <summary>Most chunks: 32 GiB, some seventy million licences; their hashes take a megabyte of the manifest.</summary>
    public const int MaxChunks = 32_768;

    /// <summary>Largest manifest: a message. With all chunks there is room for over a thousand changes of a set of thirteen.</summary>
    public const int MaxManifestBytes = ProtocolLimits.MaxMessageBytes;

    /// <summary>Most changes of the validator set between genesis and a snapshot: one a week for twenty years.</summary>
    public const int MaxSetChanges = 1_024;

    /// <summary>Parts that are read for one peer at a time; what it asks beyond is dropped, and it asks again.</summary>
    public const int ServedPerPeer = 4;

    /// <summary>Parts that are read for all peers together: some 16 MiB in memory.</summary>
    public const int ServedAtOnce = 16;

    /// <summary>Chunks under way from one peer: as many as it serves.</summary>
    public const int AskedPerPeer = ServedPerPeer;

    /// <summary>Chunks under way from all peers together: some 16 MiB in memory.</summary>
    public const int AskedAtOnce = 16;

    /// <summary>The join looks at what it waits for this often.</summary>
    public const ulong TickMs = 250;

    /// <summary>How long peers may take to say what they offer before the best so far is taken.</summary>
    public const int GatherTicks = 12;

    /// <summary>A peer that owes a chunk this long is asked no more until it connects again.</summary>
    public const int PatienceTicks = 40;

    /// <summary>A join without any offer asks again this often.</summary>
    public const int AskAgainTicks = 20;

    /// <summary>A join without any usable offer ends after this long.</summary>
    public const int GiveUpTicks = 240;
}
