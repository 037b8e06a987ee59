namespace LicenceChain.Consensus.Rules;

/// <summary>What the log says to a vote that is about to be signed.</summary>
internal enum WriteAheadAnswer
{
    Unspecified = 0,

    /// <summary>Nothing of this type, height and round was signed: append, flush, send.</summary>
    New = 1,

    /// <summary>The same vote was signed: its stored bytes are sent again, nothing is signed.</summary>
    Identical = 2,

    /// <summary>Another vote was signed, or one of a later round: refuse.</summary>
    Conflict = 3,
}
