using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Keystore;

/// <summary>A private key and what it is called in its file.</summary>
/// <param name="Label">1 to 64 characters of <c>A-Z a-z 0-9 . _ - /</c>, distinct in a file.</param>
/// <param name="Key">The key; whoever holds the entry disposes it.</param>
public sealed record KeystoreEntry(string Label, Sm2PrivateKey Key)
{
    /// <summary>The label: never anything of the key.</summary>
    public override string ToString() => Label;
}
