using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Verification;

/// <summary>What a verification came to, and why.</summary>
/// <param name="Verdict">Valid, not valid, or undetermined.</param>
/// <param name="Code">A code of <see cref="VerificationCodes"/> or PresentationCodes.</param>
/// <param name="Detail">In words; never a value of an attribute.</param>
public sealed record VerificationReport(VerificationVerdict Verdict, string Code, string Detail)
{
    /// <summary>The block time for which it is said; null when no header was certified.</summary>
    public UnixTime? AsOf { get; init; }

    /// <summary>The height of that block.</summary>
    public Height? Height { get; init; }

    /// <summary>The licence as proven; null when it was not.</summary>
    public LicenceRecord? Licence { get; init; }

    /// <summary>The attributes shown, all under the proven commitment; empty unless valid.</summary>
    public IReadOnlyList<AttributeValue> Attributes { get; init; } = [];

    /// <summary>True when everything was proven.</summary>
    public bool IsValid => Verdict == VerificationVerdict.Valid;
}
