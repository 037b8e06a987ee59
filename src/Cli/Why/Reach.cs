namespace LicenceChain.Cli.Why;

/// <summary>How asking a node went.</summary>
internal enum Reach
{
    Unspecified = 0,

    /// <summary>It answered.</summary>
    Answered = 1,

    /// <summary>Nobody listens there: its process does not run.</summary>
    NotRunning = 2,

    /// <summary>Somebody listens and does not answer, or the network swallows it.</summary>
    NoAnswer = 3,

    /// <summary>What answered is no node of this chain, or its signature does not hold.</summary>
    NotTrusted = 4,
}
