namespace LicenceChain.Consensus;

/// <summary>What executing a proposed block came to.</summary>
public enum BlockVerdictKind
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>Every transaction may stand in the block and every root is the one that was computed here.</summary>
    Valid = 1,

    /// <summary>A transaction, the last commit certificate or a header field is not allowed.</summary>
    Invalid = 2,

    /// <summary>The block is allowed, yet the roots computed here differ: somebody's state has diverged (C-ALARM).</summary>
    Diverged = 3,
}
