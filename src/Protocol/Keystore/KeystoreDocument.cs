using System.Text.Json;
using System.Text.Json.Serialization;

namespace LicenceChain.Protocol.Keystore;

/// <summary>The JSON of a keystore file, version 1. Bytes are lower-case hexadecimal; the fields stand in this order.</summary>
internal sealed record KeystoreDocument(
    string Format, int Version, string Kdf, int Iterations, string Salt, string Cipher, string Nonce,
    IReadOnlyList<KeystoreDocument.Key> Keys, string Ciphertext, string Tag)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        MaxDepth = 4,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>What can be read without the passphrase: a key's label and its public half.</summary>
    internal sealed record Key(string Label, string PublicKey);

    /// <summary>The one text of this document.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Reads a text; null when it is not the one text of a document.</summary>
    public static KeystoreDocument? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var document = JsonSerializer.Deserialize<KeystoreDocument>(bytes, Options);
            return document is not null && document.ToBytes().AsSpan().SequenceEqual(bytes) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
