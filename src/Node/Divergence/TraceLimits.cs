using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Node.Divergence;

/// <summary>Bounds of traces: what is kept, sent and taken.</summary>
internal static class TraceLimits
{
    /// <summary>Committed blocks whose traces are kept: whoever diverges asks within seconds. Some 100 bytes a write.</summary>
    public const int BlocksKept = 8;

    /// <summary>Transactions in a page.</summary>
    public const int PageTransactions = 4_096;

    /// <summary>Writes after which a page takes no further transaction.</summary>
    public const int PageWrites = 4_096;

    /// <summary>Most writes that a page taken from a peer has: the last transaction adds its own, more than the 520 that one may write.</summary>
    public const int MaxPageWrites = PageWrites + 1_024;

    /// <summary>Longest code of a receipt.</summary>
    public const int MaxCode = 32;

    /// <summary>Most pages that a block has.</summary>
    public const int MaxPages = ProtocolLimits.MaxBlockTransactions + 1;

    /// <summary>Pages that a peer gets while the head stands at one height: a whole block of the largest kind, twice.</summary>
    public const int PagesServedPerHeight = 64;

    /// <summary>Times that a peer is asked for one block.</summary>
    public const int MaxAsks = 5;

    /// <summary>How long a node that must stop waits for its peers' traces.</summary>
    public const ulong HaltMs = 3_000;
}
