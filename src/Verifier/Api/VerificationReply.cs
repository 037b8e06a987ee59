namespace LicenceChain.Verifier.Api;

/// <summary>What POST /v1/verifications answers, also when it refuses: a refusal is an answer, not an error.</summary>
public sealed record VerificationReply
{
    /// <summary>The decision.</summary>
    public required DecisionReply Decision { get; init; }

    /// <summary>The licence that was asked about; null when the request named none that could be read.</summary>
    public string? LicenceId { get; init; }

    /// <summary>Joins the two halves of the access in the logs, 64 hexadecimal digits.</summary>
    public required string UseId { get; init; }

    /// <summary>The attributes released by the vault, by name, each checked under the commitment proven on chain; empty unless recognised.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Base64 of LicenceProofMessage: what the decision was taken on; null when the chain could not be asked, or did not need to be.</summary>
    public string? Proof { get; init; }

    /// <summary>Base64 of VerificationBundle, for whoever verifies again offline; null without a presentation or a proof.</summary>
    public string? Bundle { get; init; }

    /// <summary>Where this access stands in the Verifier's log.</summary>
    public required LogEntryReply Log { get; init; }
}
