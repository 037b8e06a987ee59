using System.Globalization;
using System.Text;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// A checkpoint as a signed note (C2SP tlog-checkpoint): origin, size and base64 root on a line each, an empty line, then signature lines
/// <c>— name base64(key hash ‖ signature)</c>. The signature is SM2 under the context LC1/checkpoint; the key hash is the first 4 bytes of
/// SM3(name ‖ LF ‖ FF ‖ "licencechain-sm2" ‖ public key). The name is the origin.
/// </summary>
public static class CheckpointNote
{
    /// <summary>Longest note in characters.</summary>
    public const int MaxLength = 4096;

    private const int KeyHashBytes = 4;
    private const string SignatureMark = "\u2014 ";

    /// <summary>The note for a checkpoint, signed; throws for an origin with spaces, line ends or a plus sign, which a note cannot carry.</summary>
    public static string Sign(string origin, LogCheckpoint checkpoint, Sm2PrivateKey key)
    {
        if (!IsOrigin(origin)) throw new ArgumentException("An origin has 1 to 200 characters without spaces and plus signs.", nameof(origin));
        var body = string.Create(CultureInfo.InvariantCulture, $"{origin}\n{checkpoint.Size}\n{Convert.ToBase64String(checkpoint.Root.Span)}\n");
        Span<byte> signature = stackalloc byte[KeyHashBytes + Sm2Signature.Size];
        KeyHash(origin, key.PublicKey).CopyTo(signature);
        key.Sign(SigningContext.Checkpoint, Encoding.UTF8.GetBytes(body), signature[KeyHashBytes..]);
        return $"{body}\n{SignatureMark}{origin} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>Reads a note that somebody else sent; true only when it is of this origin and bears a good signature of this key. Further signatures are ignored.</summary>
    public static bool TryVerify(string note, string origin, Sm2PublicKey key, out LogCheckpoint checkpoint)
    {
        checkpoint = default;
        if (note.Length > MaxLength || !note.EndsWith('\n')) return false;
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length) return false;
        var body = note[..(split + 1)];
        if (!TryReadBody(body, origin, out var read)) return false;
        foreach (var line in note[(split + 2)..^1].Split('\n'))
        {
            if (!IsSignature(line, body, origin, key)) continue;
            checkpoint = read;
            return true;
        }

        return false;
    }

    private static bool TryReadBody(string body, string origin, out LogCheckpoint checkpoint)
    {
        checkpoint = default;
        var lines = body.Split('\n');
        if (lines.Length != 4 || lines[0] != origin) return false;
        if (!ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return false;
        if (lines[1] != size.ToString(CultureInfo.InvariantCulture)) return false;
        Span<byte> root = stackalloc byte[Hash256.Size];
        if (!Convert.TryFromBase64String(lines[2], root, out var written) || written != Hash256.Size) return false;
        if (lines[2] != Convert.ToBase64String(root)) return false;
        checkpoint = new LogCheckpoint(size, Hash256.From(root));
        return true;
    }

    private static bool IsSignature(string line, string body, string origin, Sm2PublicKey key)
    {
        var prefix = $"{SignatureMark}{origin} ";
        if (!line.StartsWith(prefix, StringComparison.Ordinal)) return false;
        Span<byte> signature = stackalloc byte[KeyHashBytes + Sm2Signature.Size];
        return Convert.TryFromBase64String(line[prefix.Length..], signature, out var written)
            && written == signature.Length
            && line.AsSpan(prefix.Length).SequenceEqual(Convert.ToBase64String(signature)) // one form only
            && signature[..KeyHashBytes].SequenceEqual(KeyHash(origin, key))
            && key.Verify(SigningContext.Checkpoint, Encoding.UTF8.GetBytes(body), signature[KeyHashBytes..]);
    }

    private static byte[] KeyHash(string name, Sm2PublicKey key) =>
        Sm3.Hash([.. Encoding.UTF8.GetBytes(name), (byte)'\n', 0xFF, .. "licencechain-sm2"u8, .. key.Encoded]).Span[..KeyHashBytes].ToArray();

    private static bool IsOrigin(string origin) =>
        origin.Length is > 0 and <= 200 && !origin.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}
