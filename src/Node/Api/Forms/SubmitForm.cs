using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Forms;

/// <summary>A submission in any of its three forms; this record is the JSON one, whose bytes are base64.</summary>
/// <param name="Transaction">The exact encoding of a TransactionMessage.</param>
/// <param name="Wait">Answer when its block is on disk.</param>
internal sealed record SubmitForm(byte[] Transaction, bool Wait)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static bool TryRead(HttpRequest request, byte[] body, string? wait, [NotNullWhen(true)] out SubmitForm? form, [NotNullWhen(false)] out IResult? problem)
    {
        (form, problem) = (null, null);
        if (Negotiation.Sends(request, Negotiation.Octets))
        {
            if (wait is null or "true" or "false") form = new SubmitForm(body, wait == "true");
            else problem = Negotiation.Problem(new Refusal(ApiCodes.BadRange, "wait is true or false."), StatusCodes.Status400BadRequest, "Out of range");
        }
        else if (Negotiation.Sends(request, Negotiation.Protobuf))
        {
            if (CanonicalProto.TryParse(SubmitRequest.Parser, body, ApiLimits.MaxSubmissionBytes, out var message)) form = new SubmitForm(message.Transaction.ToByteArray(), message.Wait);
            else problem = Negotiation.BadBody("a canonical SubmitRequest");
        }
        else if (Negotiation.Sends(request, Negotiation.Json))
        {
            form = FromJson(body);
            if (form is null) problem = Negotiation.BadBody("{\"transaction\": base64, \"wait\": true or false}");
        }
        else
        {
            problem = Negotiation.WrongMediaType($"{Negotiation.Json}, {Negotiation.Protobuf} or {Negotiation.Octets}");
        }

        return problem is null;
    }

    private static SubmitForm? FromJson(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<SubmitForm>(body, Json) is { Transaction: not null } form ? form : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
