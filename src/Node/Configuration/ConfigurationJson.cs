using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LicenceChain.Node.Configuration;

/// <summary>How our configuration files are written: camelCase, indented, Chinese as it is.</summary>
internal static class ConfigurationJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };
}
