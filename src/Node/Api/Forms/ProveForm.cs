using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Forms;

/// <summary>A request for a proof in either form; this record is the JSON one.</summary>
/// <param name="Keys">State keys in hexadecimal.</param>
internal sealed record ProveForm(IReadOnlyList<string> Keys)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static bool TryRead(HttpRequest request, byte[] body, [NotNullWhen(true)] out ProveRequest? message, [NotNullWhen(false)] out IResult? problem)
    {
        (message, problem) = (null, null);
        if (Negotiation.Sends(request, Negotiation.Protobuf)) CanonicalProto.TryParse(ProveRequest.Parser, body, ApiLimits.MaxProofRequestBytes, out message);
        else if (Negotiation.Sends(request, Negotiation.Json)) message = FromJson(body);
        else problem = Negotiation.WrongMediaType($"{Negotiation.Json} or {Negotiation.Protobuf}");
        if (message is null) problem ??= Negotiation.BadBody("a canonical ProveRequest, or {\"keys\": [hexadecimal]}");
        return message is not null;
    }

    private static ProveRequest? FromJson(byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize<ProveForm>(body, Json) is not { Keys: { } texts } || texts.Any(text => text is null)) return null;
            var message = new ProveRequest();
            message.Keys.AddRange(texts.Select(text => ByteString.CopyFrom(Convert.FromHexString(text))));
            return message;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }
}
