using System.Text.Json;
using System.Text.Json.Serialization;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Client;

/// <summary>Reads one event of the stream from its JSON.</summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict, RespectNullableAnnotations = true };

    public static ChainEvent Parse(string id, string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<Entry>(json, Options) is { Event: { } said } entry
                && EventCursor.TryParse(id, out var cursor) && cursor == new EventCursor(entry.Height, entry.TransactionIndex, entry.EventIndex)
                && Hash256.TryParse(entry.TransactionId, out var transaction))
                return new ChainEvent(cursor, new TransactionId(transaction), said.Type, said.Subject, Convert.FromHexString(said.Data));
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw new LicenceChainException(SdkCodes.BadAnswer, "The event stream holds what is no event.", null, malformed);
        }

        throw new LicenceChainException(SdkCodes.BadAnswer, "An event's id and its content do not agree.");
    }

    private sealed record Entry(ulong Height, uint TransactionIndex, uint EventIndex, string TransactionId, Content? Event);

    // What a type has no use for may be left out.
    private sealed record Content(string Type = "", string Subject = "", string Data = "");
}
