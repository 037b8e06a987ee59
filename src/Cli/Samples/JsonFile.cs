using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace LicenceChain.Cli.Samples;

/// <summary>Opens one JSON file; what is no JSON becomes a problem with line and column.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static bool TryOpen(SampleFolder folder, string file, JsonValueKind kind, [NotNullWhen(true)] out JsonPlace? place)
    {
        place = null;
        if (!folder.TryRead(file, out var text)) return false;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            ReadTexts(document.RootElement);
            var root = new JsonPlace(file, "$", document.RootElement.Clone(), folder.Problems);
            if (root.Is(kind)) place = root;
        }
        catch (JsonException failure)
        {
            folder.Problems.Add(new SampleProblem(file, (int?)failure.LineNumber + 1, (int?)failure.BytePositionInLine + 1, null, "is no JSON, or names a member twice."));
        }

        catch (InvalidOperationException)
        {
            folder.Problems.AddFile(file, "holds a text with half of a surrogate pair (\\ud800 to \\udfff).");
        }

        return place is not null;
    }

    // An escape may name half of a character. The library parses it and throws only when the text is read: so each is read once, here.
    private static void ReadTexts(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                ReadTexts(item);
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            _ = member.Name;
            ReadTexts(member.Value);
        }
    }
}
