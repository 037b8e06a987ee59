using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Credentials;

/// <summary>What verifying a presentation came to. It says nothing of the licence's status, which the chain proves.</summary>
/// <param name="Refusal">Why not, with a code of <see cref="PresentationCodes"/>; null when everything is right.</param>
/// <param name="Attributes">The attributes shown, by name; empty on refusal.</param>
public sealed record PresentationResult(Refusal? Refusal, IReadOnlyList<AttributeValue> Attributes)
{
    /// <summary>True when everything is right.</summary>
    public bool IsValid => Refusal is null;

    /// <summary><c>OK</c>, or the refusal's code.</summary>
    public string Code => Refusal?.Code ?? Transactions.Refusal.Ok;
}
