using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Protocol.Identifiers;

/// <summary>A citizen identity number, GB 11643: 18 characters. Personal data: it never goes on the chain, and its text form is masked.</summary>
public readonly record struct CitizenId
{
    /// <summary>Length in characters.</summary>
    public const int Length = 18;

    private const string Checks = "10X98765432";

    private readonly string? _value;

    private CitizenId(string value) => _value = value;

    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The 18 characters in full; throws for <c>default</c>. Not for logs, errors or the chain.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default CitizenId names nobody.");

    /// <summary>Reads 17 digits and a check (<c>X</c> in upper case) with a birth date that is a date.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CitizenId id)
    {
        var ok = text is { Length: Length } && text[0] != '0' && HasCheck(text) && IsDate(text);
        id = ok ? new CitizenId(text!) : default;
        return ok;
    }

    /// <summary>True when a citizen number stands anywhere in <paramref name="text"/>, its check in either case: such a text is not for logs, errors or the chain.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        Span<char> window = stackalloc char[Length];
        for (var start = 0; start + Length <= text.Length; start++)
        {
            text.Slice(start, Length).CopyTo(window);
            if (window[^1] == 'x') window[^1] = 'X';
            if (window[0] != '0' && HasCheck(window) && IsDate(window)) return true;
        }

        return false;
    }

    /// <summary>The area alone, the rest masked: <c>110105************</c>.</summary>
    public override string ToString() => _value is null ? "(none)" : string.Concat(_value.AsSpan(0, 6), "************");

    private static bool HasCheck(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            sum += (text[i] - '0') * Weights[i];
        }
        return text[^1] == Checks[sum % 11];
    }

    private static bool IsDate(ReadOnlySpan<char> text)
    {
        var year = Number(text, 6, 4);
        var month = Number(text, 10, 2);
        var day = Number(text, 12, 2);
        var leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        var days = month switch
        {
            2 => leap ? 29 : 28,
            4 or 6 or 9 or 11 => 30,
            >= 1 and <= 12 => 31,
            _ => 0,
        };
        return year >= 1800 && day >= 1 && day <= days;
    }

    private static int Number(ReadOnlySpan<char> text, int start, int length)
    {
        var number = 0;
        for (var i = start; i < start + length; i++) number = number * 10 + (text[i] - '0');
        return number;
    }
}
