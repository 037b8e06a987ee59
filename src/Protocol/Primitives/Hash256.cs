using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LicenceChain.Protocol.Primitives;

/// <summary>An SM3 digest: 32 bytes held inline. <c>default</c> is 32 zero bytes and is never the digest of anything we sign.</summary>
public readonly record struct Hash256 : IComparable<Hash256>
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Size = 32;

    private readonly Bytes32 _bytes;

    private Hash256(ReadOnlySpan<byte> source) => source.CopyTo(_bytes);

    /// <summary>32 zero bytes: the empty subtree, the absent parent.</summary>
    public static Hash256 Zero => default;

    /// <summary>True for 32 zero bytes.</summary>
    public bool IsZero => this == default;

    /// <summary>The 32 bytes, valid as long as the referenced variable lives.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ReadOnlySpan<byte> Span => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Bytes32, byte>(ref Unsafe.AsRef(in _bytes)), Size);

    /// <summary>Takes exactly 32 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static Hash256 From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new Hash256(bytes) : throw new ArgumentException($"A digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Takes 32 bytes that somebody else sent; false for any other length.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out Hash256 hash)
    {
        hash = bytes.Length == Size ? new Hash256(bytes) : default;
        return bytes.Length == Size;
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(string? text, out Hash256 hash)
    {
        hash = default;
        if (text is not { Length: Size * 2 }) return false;
        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != Size) return false;
        hash = new Hash256(bytes);
        return true;
    }

    /// <summary>A fresh copy of the 32 bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <summary>Copies the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => Span.CopyTo(destination);

    /// <summary>Bit <paramref name="index"/> counted from the most significant bit of the first byte; 0 to 255.</summary>
    public bool Bit(int index) => (Span[index >> 3] >> (7 - (index & 7)) & 1) != 0;

    /// <summary>Equal when all 32 bytes are. Variable time: digests are public.</summary>
    public bool Equals(Hash256 other) => Span.SequenceEqual(other.Span);

    /// <summary>Mixed with the process's own seed: ids can be ground until they share some bytes, and a table must not suffer. Never reaches bytes or order.</summary>
    public override int GetHashCode()
    {
        var words = MemoryMarshal.Cast<byte, ulong>(Span);
        return HashCode.Combine(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Orders by bytes, most significant first.</summary>
    public int CompareTo(Hash256 other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Orders by bytes.</summary>
    public static bool operator <(Hash256 left, Hash256 right) => left.CompareTo(right) < 0;

    /// <summary>Orders by bytes.</summary>
    public static bool operator >(Hash256 left, Hash256 right) => left.CompareTo(right) > 0;

    /// <summary>Orders by bytes.</summary>
    public static bool operator <=(Hash256 left, Hash256 right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by bytes.</summary>
    public static bool operator >=(Hash256 left, Hash256 right) => left.CompareTo(right) >= 0;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);

    [InlineArray(Size)]
    private struct Bytes32
    {
        private byte _first;
    }
}
