using System.Text;

namespace LicenceChain.Hosting.Grpc;

/// <summary>The grpc-message trailer: UTF-8, percent-encoded where a byte is not printable ASCII or is a percent sign (pitfall 7).</summary>
internal static class GrpcStatusMessage
{
    /// <summary>Cut to <see cref="GrpcLimits.MaxStatusMessageBytes"/> of UTF-8 at a character's end, then encoded.</summary>
    public static string Encode(string message)
    {
        var text = new StringBuilder(message.Length);
        Span<byte> utf8 = stackalloc byte[4];
        var total = 0;
        foreach (var rune in message.EnumerateRunes())
        {
            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            total += bytes.Length;
            if (total > GrpcLimits.MaxStatusMessageBytes) break;
            foreach (var b in bytes)
            {
                if (b is >= 0x20 and <= 0x7E and not (byte)'%') text.Append((char)b);
                else text.Append('%').Append(Hex(b >> 4)).Append(Hex(b & 15));
            }
        }

        return text.ToString();
    }

    /// <summary>Lenient, as the specification asks: a broken escape stays as it stands.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal)) return encoded;
        var bytes = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                bytes.Add(Convert.FromHexString(encoded.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add((byte)encoded[i]);
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static char Hex(int nibble) => "0123456789ABCDEF"[nibble];
}
