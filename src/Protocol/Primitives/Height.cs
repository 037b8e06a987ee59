namespace LicenceChain.Protocol.Primitives;

/// <summary>Position of a block in the chain; the genesis block has height 0.</summary>
public readonly record struct Height(ulong Value) : IComparable<Height>
{
    /// <summary>The height above this one; throws <see cref="OverflowException"/> at the end of the range.</summary>
    public Height Next => new(checked(Value + 1));

    /// <summary>The height below this one; throws <see cref="OverflowException"/> for height 0.</summary>
    public Height Previous => new(checked(Value - 1));

    /// <inheritdoc/>
    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    /// <summary>Lower than.</summary>
    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    /// <summary>Higher than.</summary>
    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    /// <summary>Lower than or equal.</summary>
    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    /// <summary>Higher than or equal.</summary>
    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;

    /// <summary>Decimal digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.NumberFormatInfo.InvariantInfo);
}
