namespace LicenceChain.Cli;

/// <summary>What the process says to a script. Listed in docs/reference/cli.md; a number is never given another meaning.</summary>
internal enum ExitCode
{
    /// <summary>Done, and the outcome is the good or the expected one.</summary>
    Ok = 0,

    /// <summary>Done, but the outcome is negative (not valid, refused recognition) or not the expected one.</summary>
    Negative = 1,

    /// <summary>The command line, a file or the configuration is wrong. Nothing was changed.</summary>
    BadInput = 2,

    /// <summary>No node or Verifier answered.</summary>
    NotReachable = 3,

    /// <summary>The chain or a service refused the request, with a stable code.</summary>
    Refused = 4,

    /// <summary>The disk is full or failed: make room or look at it, and start again.</summary>
    StorageFailed = 5,

    /// <summary>The chain has upgraded to a version of the protocol that this program does not know: install another and start again.</summary>
    Outdated = 6,

    /// <summary>A mistake of ours: please report it.</summary>
    Internal = 70,
}
