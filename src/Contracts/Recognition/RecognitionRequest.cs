using System.Diagnostics.CodeAnalysis;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Recognition;

/// <summary>Who asks for which attributes of which licence, for which matter. Well formed; whether it is right, the rules say.</summary>
public sealed class RecognitionRequest
{
    private readonly RecognitionRequestMessage _message;

    private RecognitionRequest(RecognitionRequestMessage message, OrganisationCode requester, RegionCode region, LicenceId licence, GrantId? grant)
    {
        _message = message;
        Requester = requester;
        Region = region;
        Licence = licence;
        Grant = grant;
    }

    /// <summary>The organisation that asks.</summary>
    public OrganisationCode Requester { get; }

    /// <summary>Its region.</summary>
    public RegionCode Region { get; }

    /// <summary>Code of the matter it asks for.</summary>
    public string Matter => _message.Matter;

    /// <summary>The licence; possibly in a legacy form.</summary>
    public LicenceId Licence { get; }

    /// <summary>1 to 64 names, ascending and distinct.</summary>
    public IReadOnlyList<string> Attributes => _message.Attributes;

    /// <summary>The holder's grant; null when none was given.</summary>
    public GrantId? Grant { get; }

    /// <summary>Reads a request that somebody sent; false, naming the field, where one is malformed.</summary>
    public static bool TryFrom(RecognitionRequestMessage? message, [NotNullWhen(true)] out RecognitionRequest? request, [NotNullWhen(false)] out Refusal? refusal)
    {
        request = null;
        GrantId grant = default;
        var wrong = message is null ? "The request is missing."
            : !OrganisationCode.TryParse(message.Requester, out var requester) ? "requester is no organisation code of GB 32100."
            : !RegionCode.TryParse(message.Region, out var region) ? "region is no code of GB/T 2260."
            : !ShortCode.IsValid(message.Matter) ? $"matter is {ShortCode.Rule}."
            : LicenceId.Read(message.LicenceId, out var licence) is LicenceIdReading.Invalid or LicenceIdReading.Unspecified ? "licence_id is no identifier of GB/T 36904."
            : !AttributeNames.IsList(message.Attributes) ? $"attributes are {AttributeNames.ListRule}."
            : !message.GrantId.IsEmpty && !GrantId.TryFrom(message.GrantId.Span, out grant) ? "grant_id is 32 bytes, or empty."
            : Accept(message, requester, region, licence, grant, out request);
        refusal = wrong is null ? null : new Refusal(RecognitionCodes.BadRequest, wrong);
        return request is not null;
    }

    /// <summary>The request as it is sent.</summary>
    public RecognitionRequestMessage ToMessage() => _message.Clone();

    private static string? Accept(
        RecognitionRequestMessage message, OrganisationCode requester, RegionCode region, LicenceId licence, GrantId grant, out RecognitionRequest request)
    {
        request = new RecognitionRequest(message.Clone(), requester, region, licence, message.GrantId.IsEmpty ? null : grant);
        return null;
    }
}
