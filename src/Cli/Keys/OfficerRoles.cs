namespace LicenceChain.Cli.Keys;

/// <summary>Labels of the entries in an officers' keystore (docs/reference/configuration.md).</summary>
internal static class OfficerRoles
{
    public const string Issue = "issue";
    public const string Verify = "verify";
    public const string Govern = "govern";
    public const string Audit = "audit";
}
