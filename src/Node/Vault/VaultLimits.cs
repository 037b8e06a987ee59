namespace LicenceChain.Node.Vault;

/// <summary>Bounds of the vault. Where a number comes from stands with it.</summary>
internal static class VaultLimits
{
    /// <summary>Deposits in one batch, stored in one transaction; a batch of licences has at most 500.</summary>
    public const int MaxDeposits = 1_000;

    /// <summary>Bytes of a signed request: 64 names of 64 characters and the ids, with room.</summary>
    public const int MaxStatementBytes = 8 * 1024;

    /// <summary>Length of a request's nonce in bytes.</summary>
    public const int NonceSize = 16;

    /// <summary>
    /// Nonces remembered: two minutes (the widest window of freshness) at 1,000 requests a second. When it is full the oldest request still fresh
    /// makes new ones wait for it to age: the vault refuses rather than forget.
    /// </summary>
    public const int MaxNonces = 120_000;

    /// <summary>Agreements that the vault knows of.</summary>
    public const int MaxAgreements = 10_000;
}
