using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.State;

/// <summary>A key of the state: 1 to 160 bytes, ordered by bytes. <see cref="StateKeys"/> makes them.</summary>
public readonly struct StateKey : IEquatable<StateKey>, IComparable<StateKey>
{
    private readonly byte[]? _bytes;

    private StateKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The bytes; throws for <c>default</c>.</summary>
    public ReadOnlySpan<byte> Span => _bytes ?? throw new InvalidOperationException("A default StateKey names nothing.");

    /// <summary>Path of the key in the sparse tree: SM3 of the bytes.</summary>
    public Hash256 Hash => Sm3.Hash(Span);

    /// <summary>Copies a key of our own; throws for a length outside 1 to 160.</summary>
    public static StateKey From(ReadOnlySpan<byte> bytes) =>
        TryFrom(bytes, out var key) ? key : throw new ArgumentException($"A state key has 1 to {ProtocolLimits.MaxStateKeyBytes} bytes.", nameof(bytes));

    /// <summary>Copies a key that somebody sent; false for a length outside 1 to 160.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> bytes, out StateKey key)
    {
        var ok = bytes.Length is > 0 and <= ProtocolLimits.MaxStateKeyBytes;
        key = ok ? new StateKey(bytes.ToArray()) : default;
        return ok;
    }

    /// <summary>A fresh copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(StateKey other) => _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

    /// <summary>For dictionaries only: never reaches bytes or order.</summary>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(StateKey other) => _bytes.AsSpan().SequenceCompareTo(other._bytes);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(StateKey left, StateKey right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(StateKey left, StateKey right) => !left.Equals(right);

    /// <summary>Orders by bytes.</summary>
    public static bool operator <(StateKey left, StateKey right) => left.CompareTo(right) < 0;

    /// <summary>Orders by bytes.</summary>
    public static bool operator >(StateKey left, StateKey right) => left.CompareTo(right) > 0;

    /// <summary>Orders by bytes.</summary>
    public static bool operator <=(StateKey left, StateKey right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by bytes.</summary>
    public static bool operator >=(StateKey left, StateKey right) => left.CompareTo(right) >= 0;

    /// <summary>Hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes ?? []);
}
