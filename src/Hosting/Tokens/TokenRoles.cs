namespace LicenceChain.Hosting.Tokens;

/// <summary>The values of a token's <c>roles</c> claim.</summary>
public static class TokenRoles
{
    /// <summary>An officer of an issuing agency.</summary>
    public const string Issuer = "issuer";

    /// <summary>An officer of a relying agency.</summary>
    public const string Verifier = "verifier";

    /// <summary>Reads audit trails.</summary>
    public const string Auditor = "auditor";

    /// <summary>Keeps the catalogue, matters and agreements.</summary>
    public const string Governor = "governor";

    /// <summary>Runs the machines.</summary>
    public const string Operator = "operator";

    /// <summary>A member's own service talking to another's: a Verifier to a node and to its vault.</summary>
    public const string Service = "service";
}
