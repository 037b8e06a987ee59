using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Verifications;

/// <summary>A verification as it was asked for, parsed once and well formed.</summary>
/// <param name="Asked">Who asks for what.</param>
/// <param name="Officer">Officer number, 1 to 64 characters.</param>
/// <param name="Presentation">What the holder presents; null where nothing.</param>
/// <param name="IsMalformed">True when something was presented that is no presentation: refused and logged, not an error.</param>
/// <param name="Nonce">The nonce that was given to the holder; empty: none.</param>
internal sealed record VerificationRequest(RecognitionRequest Asked, string Officer, Presentation? Presentation, bool IsMalformed, ByteString Nonce)
{
    private const int MaxNonceHex = PresentationFields.MaxNonceSize * 2;

    /// <summary>V1: reads the body; false, naming the field, where it cannot be read or contradicts itself.</summary>
    public static bool TryRead(VerificationBody body, VerifierConfiguration configuration, [NotNullWhen(true)] out VerificationRequest? request, [NotNullWhen(false)] out Refusal? refusal)
    {
        request = null;
        refusal = null;
        Presentation? presentation = null;
        if (body.Presentation is { } text && !TryReadPresentation(text, out presentation) && body.LicenceId is null)
            refusal = new Refusal(PresentationCodes.Malformed, "presentation is no Base64 of a PresentationMessage; name licenceId so that the refusal can be logged.");
        else if (body.Officer is null || !OfficerNumber.IsValid(body.Officer))
            refusal = Bad($"officer is {OfficerNumber.Rule}.");
        else if (presentation is not null && body.LicenceId is { } named && named != presentation.Credential.Statement.Licence.Value)
            refusal = Bad("licenceId is another licence than the one presented.");
        else if (!TryReadNonce(body.Nonce, out var nonce))
            refusal = Bad($"nonce is {PresentationFields.MinNonceSize} to {PresentationFields.MaxNonceSize} bytes in hexadecimal.");
        else if (!TryReadGrant(body.GrantId, presentation, out var grant))
            refusal = Bad("grantId is 64 hexadecimal digits, and the grant that the presentation names where it names one.");
        else if (RecognitionRequest.TryFrom(ToMessage(body, configuration, presentation, grant), out var asked, out refusal))
            request = new VerificationRequest(asked, body.Officer, presentation, body.Presentation is not null && presentation is null, nonce);
        return request is not null;
    }

    private static RecognitionRequestMessage ToMessage(VerificationBody body, VerifierConfiguration configuration, Presentation? presentation, GrantId? grant) => new()
    {
        Requester = body.Requester ?? configuration.Organisation.Value,
        Region = configuration.Region.Value,
        Matter = body.Matter ?? "",
        LicenceId = presentation?.Credential.Statement.Licence.Value ?? body.LicenceId ?? "",
        Attributes = { (body.Attributes ?? []).Where(a => a is not null).Distinct().Order(StringComparer.Ordinal) },
        GrantId = grant is { } id ? ByteString.CopyFrom(id.Value.Span) : ByteString.Empty,
    };

    private static bool TryReadPresentation(string text, [NotNullWhen(true)] out Presentation? presentation)
    {
        presentation = null;
        var bytes = new byte[Math.Min(text.Length, Presentation.MaxBytes * 2)]; // Base64 is longer than what it encodes
        return Convert.TryFromBase64String(text, bytes, out var length) && Presentation.TryParse(bytes.AsSpan(0, length), out presentation);
    }

    private static bool TryReadNonce(string? text, out ByteString nonce)
    {
        nonce = ByteString.Empty;
        if (text is null) return true;
        if (text.Length is < PresentationFields.MinNonceSize * 2 or > MaxNonceHex || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit)) return false;
        nonce = ByteString.CopyFrom(Convert.FromHexString(text));
        return true;
    }

    private static bool TryReadGrant(string? text, Presentation? presentation, out GrantId? grant)
    {
        grant = presentation?.Statement.Grant;
        if (text is null) return true;
        if (!Hash256.TryParse(text, out var hash) || hash.IsZero) return false;
        if (grant is { } presented && presented.Value != hash) return false;
        grant = new GrantId(hash);
        return true;
    }

    private static Refusal Bad(string detail) => new(VerifierCodes.BadRequest, detail);
}
