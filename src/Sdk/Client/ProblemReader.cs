using System.Text.Json;

namespace LicenceChain.Sdk.Client;

/// <summary>Turns an RFC 9457 problem document into an exception with its stable code.</summary>
internal static class ProblemReader
{
    private const int MaxProblemBytes = 64 * 1024;

    public static async Task<LicenceChainException> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var bytes = await BoundedBody.ReadAsync(response.Content, MaxProblemBytes, cancellation);
        return TryRead(bytes, out var code, out var detail)
            ? new LicenceChainException(code, detail, status)
            : new LicenceChainException(SdkCodes.Failed, $"The node answered {status} {response.ReasonPhrase} without a code.", status);
    }

    private static bool TryRead(byte[] bytes, out string code, out string detail)
    {
        code = detail = "";
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return false;
            code = Text(document.RootElement, "code");
            detail = Text(document.RootElement, "detail") is { Length: > 0 } said ? said : Text(document.RootElement, "title");
            return code.Length > 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: a text that is no Unicode
        {
            return false; // a proxy's page, or nothing: the status alone has to do
        }
    }

    private static string Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
