using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Protocol.Identifiers;

/// <summary>A unified social credit code of an organisation, GB 32100: 18 characters, the last one a check.</summary>
public readonly record struct OrganisationCode
{
    /// <summary>Length in characters.</summary>
    public const int Length = 18;

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Modulus = 31;
    private const int AreaStart = 2;
    private const int AreaLength = 6;

    private readonly string? _value;

    private OrganisationCode(string value) => _value = value;

    /// <summary>The 18 characters; throws for <c>default</c>.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default OrganisationCode names no organisation.");

    /// <summary>The six-digit area (GB/T 2260) of the authority that registered the organisation.</summary>
    public string Region => Value.Substring(AreaStart, AreaLength);

    /// <summary>Reads 18 characters of the code's alphabet (upper case, no I O S V Z) with a six-digit area and the right check.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OrganisationCode code)
    {
        var ok = text is { Length: Length } && TryCheck(text, out var check) && text[^1] == check;
        code = ok ? new OrganisationCode(text!) : default;
        return ok;
    }

    /// <summary>Reads a code of our own; throws <see cref="FormatException"/> when it is wrong.</summary>
    public static OrganisationCode Parse(string text) => TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is no organisation code of GB 32100.");

    /// <summary>Completes 17 characters with their check; throws <see cref="FormatException"/> when they cannot begin a code.</summary>
    public static OrganisationCode Mint(string first17) =>
        first17 is { Length: Length - 1 } && TryCheck(first17, out var check) ? new OrganisationCode(first17 + check) : throw new FormatException($"'{first17}' cannot begin an organisation code: 17 characters of GB 32100.");

    /// <summary>The 18 characters.</summary>
    public override string ToString() => Value;

    // Weights 3^i mod 31 over the first 17 characters; check = (31 − Σ mod 31) mod 31.
    private static bool TryCheck(string text, out char check)
    {
        check = default;
        var (sum, weight) = (0, 1);
        for (var i = 0; i < Length - 1; i++)
        {
            var value = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0 || (i is >= AreaStart and < AreaStart + AreaLength && value > 9)) return false;
            sum += value * weight;
            weight = weight * 3 % Modulus;
        }
        check = Alphabet[(Modulus - sum % Modulus) % Modulus];
        return true;
    }
}
