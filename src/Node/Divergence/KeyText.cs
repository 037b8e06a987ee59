using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Divergence;

/// <summary>A state key for people: its prefix, then the id as it is where it is text, else in hexadecimal.</summary>
internal static class KeyText
{
    // A letter and '/'.
    private const int PrefixLength = 2;

    public static string Of(StateKey key)
    {
        var bytes = key.Span;
        if (bytes.Length <= PrefixLength) return IsText(bytes) ? System.Text.Encoding.ASCII.GetString(bytes) : Convert.ToHexStringLower(bytes);
        var prefix = bytes[..PrefixLength];
        var id = bytes[PrefixLength..];
        return IsText(prefix) ? System.Text.Encoding.ASCII.GetString(prefix) + (IsText(id) ? System.Text.Encoding.ASCII.GetString(id) : Convert.ToHexStringLower(id)) : Convert.ToHexStringLower(bytes);
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            if (b is <= (byte)' ' or > (byte)'~')
                return false;
        return true;
    }
}
