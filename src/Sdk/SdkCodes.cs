namespace LicenceChain.Sdk;

/// <summary>What this library itself can say. Listed in docs/reference/codes.md.</summary>
public static class SdkCodes
{
    /// <summary>No node answered within the attempts allowed.</summary>
    public const string Unreachable = "LC-SDK-001";

    /// <summary>The answer is not what the interface promises: malformed, oversize, or about something else.</summary>
    public const string BadAnswer = "LC-SDK-002";

    /// <summary>The node answered with an error that carries no code.</summary>
    public const string Failed = "LC-SDK-003";

    /// <summary>A wallet file that cannot be read: missing, of another version, or damaged.</summary>
    public const string WalletUnreadable = "LC-SDK-004";

    /// <summary>The passphrase is not the wallet's, or the file was changed.</summary>
    public const string WalletLocked = "LC-SDK-005";

    /// <summary>The wallet does not hold what was asked for.</summary>
    public const string NotInWallet = "LC-SDK-006";

    /// <summary>Two certified headers of one height: more validators are faulty than the chain survives. Stop and tell every member.</summary>
    public const string Forked = "LC-SDK-007";
}
