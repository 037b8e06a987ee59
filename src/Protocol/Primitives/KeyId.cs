namespace LicenceChain.Protocol.Primitives;

/// <summary>Names a public key: SM3 of its 65-byte encoding.</summary>
public readonly record struct KeyId(Hash256 Value) : IComparable<KeyId>
{
    /// <summary>Takes 32 bytes that somebody else sent; false for another length or 32 zero bytes.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out KeyId id)
    {
        var ok = Hash256.TryFrom(bytes, out var hash) && !hash.IsZero;
        id = ok ? new KeyId(hash) : default;
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(KeyId other) => Value.CompareTo(other.Value);

    /// <summary>Byte order.</summary>
    public static bool operator <(KeyId left, KeyId right) => left.Value < right.Value;

    /// <summary>Byte order.</summary>
    public static bool operator >(KeyId left, KeyId right) => left.Value > right.Value;

    /// <summary>Byte order.</summary>
    public static bool operator <=(KeyId left, KeyId right) => left.Value <= right.Value;

    /// <summary>Byte order.</summary>
    public static bool operator >=(KeyId left, KeyId right) => left.Value >= right.Value;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
