namespace LicenceChain.Hosting.Tokens;

/// <summary>Who a token speaks for.</summary>
/// <param name="Subject">Officer or service number; never a person's name.</param>
/// <param name="Member">Organisation code of the member.</param>
/// <param name="Roles">Values of <see cref="TokenRoles"/>.</param>
public sealed record TokenClaims(string Subject, string Member, IReadOnlyList<string> Roles);
