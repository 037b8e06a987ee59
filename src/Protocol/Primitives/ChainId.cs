namespace LicenceChain.Protocol.Primitives;

/// <summary>Names a chain, so that nothing signed for one counts on another: 3 to 32 characters of <c>a-z 0-9 -</c>.</summary>
public readonly record struct ChainId
{
    /// <summary>Longest name in characters.</summary>
    public const int MaxLength = 32;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string? _value;

    private ChainId(string value) => _value = value;

    /// <summary>The name; throws for <c>default</c>.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default ChainId names no chain.");

    /// <summary>Reads a name; false when it is not 3 to 32 characters of <c>a-z 0-9 -</c>.</summary>
    public static bool TryParse(string? text, out ChainId id)
    {
        var ok = text is { Length: >= 3 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed);
        id = ok ? new ChainId(text!) : default;
        return ok;
    }

    /// <summary>Reads a name of our own; throws <see cref="FormatException"/> when it is malformed.</summary>
    public static ChainId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no chain id: 3 to {MaxLength} of a-z, 0-9 and '-'.");

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
