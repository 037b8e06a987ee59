using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>The one place that names the files of a network directory (docs/reference/configuration.md).</summary>
internal static class NetworkPaths
{
    public const string Genesis = "genesis.json";
    public const string Anchor = "anchor.json";
    public const string Network = "network.json";
    public const string Passphrase = "passphrase";
    public const string TokenKey = "tokens.key";
    public const string Wallets = "wallets";
    public const string Officers = "officers";
    public const string NodeFile = "node.json";
    public const string VerifierFile = "verifier.json";
    public const string Keystore = "keys.json";
    public const string TokenPublicKeys = "tokens.pub";
    public const string LinkCertificate = "link.crt";
    public const string LinkKey = "link.key";
    public const string NextLinkCertificate = "link-next.crt";
    public const string NextLinkKey = "link-next.key";
    public const string Data = "data";

    public static string Node(string root, RegionCode region) => Path.Combine(root, "nodes", region.Value);

    public static string Verifier(string root, RegionCode region) => Path.Combine(root, "verifiers", region.Value);

    public static string OfficerKeys(string root, OrganisationCode member) => Path.Combine(root, Officers, member.Value + ".json");
}
