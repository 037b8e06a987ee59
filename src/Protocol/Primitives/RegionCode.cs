namespace LicenceChain.Protocol.Primitives;

/// <summary>A province-level division, GB/T 2260: six digits ending in <c>0000</c>.</summary>
public readonly record struct RegionCode
{
    private readonly string? _value;

    private RegionCode(string value) => _value = value;

    /// <summary>The six digits; throws for <c>default</c>.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default RegionCode names no region.");

    /// <summary>Reads six digits ending in <c>0000</c> and not starting with 0.</summary>
    public static bool TryParse(string? text, out RegionCode code)
    {
        var ok = text is { Length: 6 } && text[0] is >= '1' and <= '9' && text[1] is >= '0' and <= '9' && text.EndsWith("0000", StringComparison.Ordinal);
        code = ok ? new RegionCode(text!) : default;
        return ok;
    }

    /// <summary>Reads a code of our own; throws <see cref="FormatException"/> when it is malformed.</summary>
    public static RegionCode Parse(string text) => TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is no region code: six digits ending in 0000.");

    /// <summary>The six digits.</summary>
    public override string ToString() => Value;
}
