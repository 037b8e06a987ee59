using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LicenceChain.Fuzzing.Engine;

/// <summary>Damage to text, and to JSON as a tree.</summary>
internal static class TextMutator
{
    private const int MaxDepth = 2_000;
    private static readonly string[] Pieces =
    [
        "\u0000", "\uFEFF", "\uD800", "０", "é", "e\u0301", "\u202E", "\r\n", "\n\n", "\t", " ", "\"", "\\", "%00", "%2e%2e%2f", "<", "&", ";", ",", "'", "../", "1e999", "-1", "NaN", "null", "[", "{", "}", "]",
        "18446744073709551616", "9223372036854775808", "2147483648", "-0", "0x10", "1.5", "🀄", "\u2028",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "18446744073709551616", "9223372036854775807", "2147483648", "1.5", "\"\"", "[]", "{}", "\"\\u0000\"", "\"中文\"", "[null]", "{\"\":null}", "\"\\ud800\"", "\"65536\"", "\"not-a-value\"",
    ];

    public static byte[] Text(Random random, byte[] input, byte[] other, int max)
    {
        if (random.Next(3) == 0) return ByteMutator.Mutate(random, input, other, max);
        var text = Encoding.UTF8.GetString(input);
        var at = random.Next(text.Length + 1);
        var piece = Pieces[random.Next(Pieces.Length)];
        var changed = random.Next(5) switch
        {
            0 => text.Insert(at, piece),
            1 when at < text.Length => text.Remove(at, 1).Insert(at, piece),
            2 => text.Insert(at, string.Concat(Enumerable.Repeat(piece, 1 << random.Next(10)))),
            3 => random.Next(2) == 0 ? text.ToUpperInvariant() : text.ToLowerInvariant(),
            _ => text[..at] + text,
        };
        var bytes = Encoding.UTF8.GetBytes(changed);
        return bytes.Length > max ? bytes[..max] : bytes;
    }

    public static byte[] Json(Random random, byte[] input, byte[] other, int max)
    {
        if (random.Next(4) == 0) return Text(random, input, other, max);
        byte[] bytes;
        try
        {
            bytes = Encoding.UTF8.GetBytes(Change(random, JsonNode.Parse(input)));
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            return Text(random, input, other, max); // damaged by an earlier round
        }

        return bytes.Length > max ? bytes[..max] : bytes;
    }

    private static string Change(Random random, JsonNode? root)
    {
        const string Mark = "\"\uE000\"";
        var places = new List<(JsonNode Parent, string? Name, int Index)>();
        Collect(root, places);
        if (places.Count == 0) return Value(random);
        var (parent, name, index) = places[random.Next(places.Count)];
        if (parent is JsonObject container)
        {
            if (random.Next(6) == 0) container.Remove(name!);
            else if (random.Next(8) == 0) container["unknown" + random.Next(3)] = 1;
            else container[name!] = "\uE000";
        }
        else
        {
            var list = (JsonArray)parent;
            if (random.Next(6) == 0)
                for (var i = random.Next(1_000); i > 0; i--) list.Add(list[index]?.DeepClone());
            else list[index] = "\uE000";
        }

        return root!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Replace(Mark, Value(random), StringComparison.Ordinal).Replace("\"\\uE000\"", Value(random), StringComparison.Ordinal);
    }

    private static string Value(Random random)
    {
        if (random.Next(8) > 0) return Values[random.Next(Values.Length)];
        var depth = random.Next(MaxDepth);
        return random.Next(2) == 0 ? new string('[', depth) + new string(']', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    private static void Collect(JsonNode? node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject container)
            foreach (var (name, child) in container)
            {
                places.Add((container, name, 0));
                Collect(child, places);
            }

        if (node is JsonArray list)
            for (var i = 0; i < list.Count; i++)
            {
                places.Add((list, null, i));
                Collect(list[i], places);
            }
    }
}
