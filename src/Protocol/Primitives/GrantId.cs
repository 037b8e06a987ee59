namespace LicenceChain.Protocol.Primitives;

/// <summary>Names a holder's grant: SM3 of the exact statement the holder signed.</summary>
public readonly record struct GrantId(Hash256 Value)
{
    /// <summary>Takes 32 bytes that somebody else sent; false for another length or 32 zero bytes.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out GrantId id)
    {
        var ok = Hash256.TryFrom(bytes, out var hash) && !hash.IsZero;
        id = ok ? new GrantId(hash) : default;
        return ok;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
