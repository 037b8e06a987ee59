namespace LicenceChain.Node.Configuration;

/// <summary>verifier.json as the Verifier reads it (docs/reference/configuration.md); the two services share no code, only this form.</summary>
internal sealed record VerifierFile(
    string Organisation,
    string Region,
    string Anchor,
    string Keystore,
    string PassphraseFile,
    string ServiceKey,
    string DataDirectory,
    string ListenAddress,
    int RestPort,
    IReadOnlyList<string> TokenPublicKeys,
    string NodeTokenKey,
    IReadOnlyList<VerifierFile.NodeEntry> Nodes)
{
    public sealed record NodeEntry(string Region, string Organisation, Uri Rest, Uri Grpc);
}
