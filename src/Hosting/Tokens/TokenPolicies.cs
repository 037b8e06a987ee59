namespace LicenceChain.Hosting.Tokens;

/// <summary>What an endpoint may require, and who has it. <see cref="RolesOf"/> is the only place where the two meet.</summary>
public static class TokenPolicies
{
    /// <summary>Hand in transactions.</summary>
    public const string Submit = "submit";

    /// <summary>Read state, blocks, proofs and events.</summary>
    public const string Read = "read";

    /// <summary>Deposit licence data with the vault.</summary>
    public const string VaultDeposit = "vault-deposit";

    /// <summary>Ask the vault for granted attributes.</summary>
    public const string VaultRelease = "vault-release";

    /// <summary>Have a presentation or a licence verified.</summary>
    public const string Verify = "verify";

    /// <summary>Read access logs.</summary>
    public const string Audit = "audit";

    /// <summary>See and steer the service itself.</summary>
    public const string Operate = "operate";

    /// <summary>All policies, in the order of the table in docs/reference/api.md.</summary>
    public static IReadOnlyList<string> All { get; } = [Submit, Read, VaultDeposit, VaultRelease, Verify, Audit, Operate];

    /// <summary>The roles that satisfy <paramref name="policy"/>; throws for a name that is not one.</summary>
    public static IReadOnlyList<string> RolesOf(string policy) => policy switch
    {
        Submit => [TokenRoles.Issuer, TokenRoles.Verifier, TokenRoles.Governor, TokenRoles.Service],
        Read => [TokenRoles.Issuer, TokenRoles.Verifier, TokenRoles.Auditor, TokenRoles.Governor, TokenRoles.Operator, TokenRoles.Service],
        VaultDeposit => [TokenRoles.Issuer],
        VaultRelease => [TokenRoles.Verifier, TokenRoles.Service],
        Verify => [TokenRoles.Verifier],
        Audit => [TokenRoles.Auditor],
        Operate => [TokenRoles.Operator],
        _ => throw new ArgumentException($"No policy is named {policy}.", nameof(policy)),
    };
}
