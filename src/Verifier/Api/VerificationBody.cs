namespace LicenceChain.Verifier.Api;

/// <summary>What POST /v1/verifications takes: a presentation, or a licence identifier alone.</summary>
public sealed record VerificationBody
{
    /// <summary>Base64 of the exact encoding of PresentationMessage; null where the holder presents nothing and the grant alone speaks.</summary>
    public string? Presentation { get; init; }

    /// <summary>The licence; may be left out with a presentation, else must be its licence.</summary>
    public string? LicenceId { get; init; }

    /// <summary>Organisation code of whoever asks; default the Verifier's own.</summary>
    public string? Requester { get; init; }

    /// <summary>Officer number of whoever asks, 1 to 64 of A-Z, a-z, 0-9, '-', '_', '.' and '/'; never a person's name. It stands in both access logs.</summary>
    public string? Officer { get; init; }

    /// <summary>Code of the matter at hand.</summary>
    public string? Matter { get; init; }

    /// <summary>Names of the attributes asked for, 0 to 64; order and repetition do not matter.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The holder's grant, 64 hexadecimal digits; default the one that the presentation names.</summary>
    public string? GrantId { get; init; }

    /// <summary>The nonce that was given to the holder, hexadecimal; null: none was given.</summary>
    public string? Nonce { get; init; }
}
