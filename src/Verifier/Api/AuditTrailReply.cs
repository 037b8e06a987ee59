namespace LicenceChain.Verifier.Api;

/// <summary>What GET /v1/audit/licences/{id} answers: every access to a licence's data that this Verifier or the vault logged.</summary>
public sealed record AuditTrailReply
{
    /// <summary>The licence.</summary>
    public required string LicenceId { get; init; }

    /// <summary>
    /// True when every entry stands under a checkpoint proven on chain, no entry waits for one, and every access of this Verifier has both its halves.
    /// </summary>
    public required bool Complete { get; init; }

    /// <summary>This Verifier's log first, then the vault's, each in log order.</summary>
    public required IReadOnlyList<AuditEntryReply> Entries { get; init; }

    /// <summary>The checkpoints that the entries are under.</summary>
    public required IReadOnlyList<CheckpointReply> Checkpoints { get; init; }

    /// <summary>Use ids of this Verifier's accesses that only one of the two logs holds.</summary>
    public required IReadOnlyList<string> Unmatched { get; init; }

    /// <summary>Entries about the licence that no checkpoint on chain covers yet.</summary>
    public required ulong Unanchored { get; init; }

    /// <summary>What could not be had or did not hold, in words; empty when all was well.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Base64 of LicenceProofMessage: proves the checkpoints; null when the chain could not be asked.</summary>
    public string? Proof { get; init; }
}
