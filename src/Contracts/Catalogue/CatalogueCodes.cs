namespace LicenceChain.Contracts.Catalogue;

/// <summary>Refusals of the catalogue contract. Listed in docs/reference/codes.md.</summary>
public static class CatalogueCodes
{
    /// <summary>The type's code is no short code.</summary>
    public const string BadCode = "LC-CAT-001";

    /// <summary>The type code is not the 21 characters of GB/T 36904.</summary>
    public const string BadTypeCode = "LC-CAT-002";

    /// <summary>A name, department, holder kind, term or sensitivity is missing or out of bounds.</summary>
    public const string BadDescription = "LC-CAT-003";

    /// <summary>The attributes are not 1 to 64 distinct names with sensitivities of 1 to 4.</summary>
    public const string BadAttributes = "LC-CAT-004";

    /// <summary>The version is not the one after the registered version (1 for a new type).</summary>
    public const string BadVersion = "LC-CAT-005";

    /// <summary>A later version changes the type code or the kind of holder.</summary>
    public const string IdentityChanged = "LC-CAT-006";
}
