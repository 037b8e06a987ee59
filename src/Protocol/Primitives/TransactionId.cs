namespace LicenceChain.Protocol.Primitives;

/// <summary>Names a transaction: SM3 of its exact payload bytes.</summary>
public readonly record struct TransactionId(Hash256 Value)
{
    /// <summary>Takes 32 bytes that somebody else sent; false for another length or 32 zero bytes.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out TransactionId id)
    {
        var ok = Hash256.TryFrom(bytes, out var hash) && !hash.IsZero;
        id = ok ? new TransactionId(hash) : default;
        return ok;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
