namespace LicenceChain.Protocol.Primitives;

/// <summary>Attempt to decide a height, counted from 0.</summary>
public readonly record struct Round(uint Value) : IComparable<Round>
{
    /// <summary>The next round; throws <see cref="OverflowException"/> at the end of the range.</summary>
    public Round Next => new(checked(Value + 1));

    /// <inheritdoc/>
    public int CompareTo(Round other) => Value.CompareTo(other.Value);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Round left, Round right) => left.Value < right.Value;

    /// <summary>Later than.</summary>
    public static bool operator >(Round left, Round right) => left.Value > right.Value;

    /// <summary>Earlier than or equal.</summary>
    public static bool operator <=(Round left, Round right) => left.Value <= right.Value;

    /// <summary>Later than or equal.</summary>
    public static bool operator >=(Round left, Round right) => left.Value >= right.Value;

    /// <summary>Decimal digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.NumberFormatInfo.InvariantInfo);
}
