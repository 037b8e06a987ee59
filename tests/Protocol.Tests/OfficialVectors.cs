using System.Text.Json;

namespace LicenceChain.Protocol.Tests;

/// <summary>The samples of GB/T 32918.5, GM/T 0002, GM/T 0004 and RFC 8998 (Vectors/sm.json).</summary>
internal static class OfficialVectors
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "sm.json"))).RootElement;

    public static JsonElement Group(string name) => Root.GetProperty(name);

    public static string Text(this JsonElement group, string field) => group.GetProperty(field).GetString()!;

    public static byte[] Bytes(this JsonElement group, string field) => Convert.FromHexString(group.Text(field));
}
