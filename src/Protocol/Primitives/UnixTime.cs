namespace LicenceChain.Protocol.Primitives;

/// <summary>An instant in milliseconds since 1970-01-01T00:00:00Z. Block time is one; the protocol never reads a clock.</summary>
public readonly record struct UnixTime(ulong Milliseconds) : IComparable<UnixTime>
{
    /// <summary>This instant moved forward; throws <see cref="OverflowException"/> at the end of the range.</summary>
    public UnixTime Plus(ulong milliseconds) => new(checked(Milliseconds + milliseconds));

    /// <inheritdoc/>
    public int CompareTo(UnixTime other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>Earlier than.</summary>
    public static bool operator <(UnixTime left, UnixTime right) => left.Milliseconds < right.Milliseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(UnixTime left, UnixTime right) => left.Milliseconds > right.Milliseconds;

    /// <summary>Earlier than or equal.</summary>
    public static bool operator <=(UnixTime left, UnixTime right) => left.Milliseconds <= right.Milliseconds;

    /// <summary>Later than or equal.</summary>
    public static bool operator >=(UnixTime left, UnixTime right) => left.Milliseconds >= right.Milliseconds;

    /// <summary>Decimal milliseconds.</summary>
    public override string ToString() => Milliseconds.ToString(System.Globalization.NumberFormatInfo.InvariantInfo);
}
