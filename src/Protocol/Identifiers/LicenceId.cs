using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LicenceChain.Protocol.Identifiers;

/// <summary>
/// Identifier of an electronic licence, GB/T 36904:
/// <c>1.2.156.3005.2.&lt;type 21&gt;.&lt;issuer 18&gt;.&lt;serial&gt;.&lt;version 3&gt;.&lt;check&gt;</c>. Minted strictly, read leniently.
/// </summary>
public readonly record struct LicenceId
{
    /// <summary>Reason code of a reading as <see cref="LicenceIdReading.LegacyVariant"/>.</summary>
    public const string LegacyVariantCode = "LEGACY_VARIANT";

    /// <summary>Characters of a type code: the defining authority's organisation code and a sequence of three.</summary>
    public const int TypeCodeLength = 21;

    /// <summary>Longest serial in characters; deployed ones have up to 32 (a hexadecimal UUID).</summary>
    public const int MaxSerialLength = 32;

    /// <summary>Highest version.</summary>
    public const int MaxVersion = 999;

    /// <summary>Longest identifier in characters.</summary>
    public const int MaxLength = 15 + TypeCodeLength + 1 + OrganisationCode.Length + 1 + MaxSerialLength + 1 + VersionLength + 2;

    private const string Root = "1.2.156.3005.2.";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int VersionLength = 3;
    private const int AreaLength = 6;
    private const int Fields = 5;

    private readonly string? _value;

    private LicenceId(string value, string typeCode, string issuer, string serial, int version) =>
        (_value, TypeCode, Issuer, Serial, Version) = (value, typeCode, issuer, serial, version);

    /// <summary>The whole identifier; throws for <c>default</c>.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A default LicenceId names no licence.");

    /// <summary>The 21 characters of the type code.</summary>
    public string TypeCode { get; }

    /// <summary>The issuing authority: an organisation code; in a legacy identifier perhaps a six-digit area code.</summary>
    public string Issuer { get; }

    /// <summary>The serial, 1 to 32 characters of <c>0-9 A-Z</c>.</summary>
    public string Serial { get; }

    /// <summary>The version, 1 to 999.</summary>
    public int Version { get; }

    /// <summary>Makes an identifier; throws <see cref="FormatException"/> where a part is not as GB/T 36904 has it.</summary>
    public static LicenceId Mint(string typeCode, OrganisationCode issuer, string serial, int version)
    {
        if (!IsTypeCode(typeCode, strict: true)) throw new FormatException($"'{typeCode}' is no type code: an organisation code and three of 0-9, A-Z.");
        if (!IsSerial(serial)) throw new FormatException($"'{serial}' is no serial: 1 to {MaxSerialLength} of 0-9, A-Z.");
        if (version is < 1 or > MaxVersion) throw new FormatException($"A version is 1 to {MaxVersion}.");
        var number = version.ToString("D3", NumberFormatInfo.InvariantInfo);
        var check = Check(typeCode, issuer.Value, serial, number);
        return new LicenceId($"{Root}{typeCode}.{issuer.Value}.{serial}.{number}.{check}", typeCode, issuer.Value, serial, version);
    }

    /// <summary>Reads an identifier exactly as we would mint it.</summary>
    public static bool TryParseStrict([NotNullWhen(true)] string? text, out LicenceId id)
    {
        var ok = Read(text, out id) == LicenceIdReading.Strict;
        if (!ok) id = default;
        return ok;
    }

    /// <summary>Reads an identifier of a deployed system; says whether it is strict, a known variant, or none.</summary>
    public static LicenceIdReading Read(string? text, out LicenceId id)
    {
        id = default;
        if (text is null || text.Length > MaxLength || !text.StartsWith(Root, StringComparison.Ordinal)) return LicenceIdReading.Invalid;
        if (text[Root.Length..].Split('.', Fields + 1) is not { Length: Fields } fields) return LicenceIdReading.Invalid;
        var (typeCode, issuer, serial, number, check) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
        if (!IsTypeCode(typeCode, strict: false) || !IsIssuer(issuer) || !IsSerial(serial) || !IsVersion(number) || check.Length != 1) return LicenceIdReading.Invalid;

        var right = check[0] == Check(typeCode, issuer, serial, number);
        if (!right && check[0] != VariantCheck(typeCode, issuer, serial, number)) return LicenceIdReading.Invalid;
        id = new LicenceId(text, typeCode, issuer, serial, int.Parse(number, NumberStyles.None, NumberFormatInfo.InvariantInfo));
        return right && OrganisationCode.TryParse(issuer, out _) && IsTypeCode(typeCode, strict: true) ? LicenceIdReading.Strict : LicenceIdReading.LegacyVariant;
    }

    /// <summary>The whole identifier.</summary>
    public override string ToString() => Value;

    // ISO 7064 MOD 37,36 over the four fields joined, without root and dots.
    private static char Check(params ReadOnlySpan<string> fields)
    {
        var product = 36;
        foreach (var field in fields)
        {
            foreach (var c in field) product = Step(product, ValueOf(c));
        }
        return Alphabet[(37 - product) % 36];
    }

    // The wrong variant that some deployed systems use: letters valued from 11 (A) to 36 (Z) and reduced mod 37 first, the result one place lower.
    private static char VariantCheck(params ReadOnlySpan<string> fields)
    {
        var product = 36;
        foreach (var field in fields)
        {
            foreach (var c in field)
            {
                var sum = product + ValueOf(c);
                product = Step(0, char.IsAsciiDigit(c) ? sum : sum + 1 > 37 ? (sum + 1) % 37 : sum + 1);
            }
        }
        return Alphabet[36 - product];
    }

    private static int Step(int product, int value)
    {
        var sum = (product + value) % 36;
        return 2 * (sum == 0 ? 36 : sum) % 37;
    }

    private static int ValueOf(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;

    private static bool IsTypeCode(string? text, bool strict) =>
        text is { Length: TypeCodeLength } && IsAlphanumeric(text) && (!strict || OrganisationCode.TryParse(text[..OrganisationCode.Length], out _));

    private static bool IsIssuer(string text) =>
        text.Length == OrganisationCode.Length ? IsAlphanumeric(text) : text.Length == AreaLength && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsSerial(string? text) => text is { Length: >= 1 and <= MaxSerialLength } && IsAlphanumeric(text);

    private static bool IsVersion(string text) => text is { Length: VersionLength } && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && text != "000";

    private static bool IsAlphanumeric(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c)) return false;
        }
        return true;
    }
}
