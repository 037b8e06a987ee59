using System.Buffers.Binary;

namespace LicenceChain.Protocol.Credentials;

/// <summary>16 random bytes beside an attribute, so that nobody guesses its value from its hash. Made by the issuer, one for each attribute.</summary>
public readonly record struct AttributeSalt
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private AttributeSalt(UInt128 value) => _value = value;

    /// <summary>Takes exactly 16 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static AttributeSalt From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new AttributeSalt(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : throw new ArgumentException($"A salt has {Size} bytes.", nameof(bytes));

    /// <summary>Copies the 16 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    /// <summary>Not the salt itself: it keeps the attribute secret.</summary>
    public override string ToString() => "(salt)";
}
