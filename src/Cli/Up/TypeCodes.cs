using System.Globalization;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Cli.Up;

/// <summary>
/// Type codes of GB/T 36904 for the sample catalogue. Only codes that are known to be national ones stand here; every other type gets
/// a local code, <c>L01</c>, <c>L02</c>, … under the registrar's own organisation code, so that nobody takes it for a national one.
/// </summary>
internal static class TypeCodes
{
    private static readonly Dictionary<string, string> National = new(StringComparer.Ordinal)
    {
        ["居民身份证"] = "11100000000013127D001",
        ["营业执照"] = "11100000MB0143028R001",
        ["不动产权证书"] = "11100000MB03271699001",
        ["不动产登记证明"] = "11100000MB03271699022",
        ["结婚证"] = "111000000000131433001",
    };

    /// <summary>Catalogue code to type code, local ones numbered in the order of the file.</summary>
    public static IReadOnlyDictionary<string, string> For(IEnumerable<SampleType> types, OrganisationCode registrar)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        var local = 0;
        foreach (var type in types)
            codes[type.Code] = National.TryGetValue(type.Name, out var code) ? code : registrar.Value + Sequence(++local);
        return codes;
    }

    /// <summary>True for a code that this project minted, not a national one.</summary>
    public static bool IsLocal(string typeCode) => typeCode[OrganisationCode.Length] == 'L';

    private static string Sequence(int number) => "L" + number.ToString("D2", NumberFormatInfo.InvariantInfo);
}
