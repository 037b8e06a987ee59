using Google.Protobuf;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Verify;

/// <summary>The files that <c>verify</c> reads and writes: presentations, proofs, anchors and bundles.</summary>
internal static class VerifyFiles
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithIndentation());

    /// <summary>True for what can only be meant as a file: no licence identifier or serial looks like it.</summary>
    public static bool IsPath(string subject) => subject.Contains('/', StringComparison.Ordinal) || subject.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);

    public static Presentation ReadPresentation(string path) => Presentation.TryParse(Read(path, Presentation.MaxBytes), out var presentation)
        ? presentation
        : throw CommandFailure.BadInput($"'{path}' is no presentation, as 'licencechain present' writes it. For an exported bundle add --offline.");

    /// <summary>A bundle that <c>--export</c> wrote; null when the file is something else.</summary>
    public static VerificationBundle? TryReadBundle(string path) =>
        CanonicalProto.TryParse(VerificationBundle.Parser, Read(path, ProtocolLimits.MaxMessageBytes), ProtocolLimits.MaxMessageBytes, out var bundle) && bundle.Presentation is not null ? bundle : null;

    public static LicenceProof ReadProof(string path) => LicenceProof.TryParse(Read(path, ProtocolLimits.MaxMessageBytes), out var proof)
        ? proof
        : throw CommandFailure.BadInput($"'{path}' is no proof (LicenceProofMessage, Protobuf), as POST /v1/proofs gives it.");

    /// <summary>An anchor file: Protobuf JSON, as a network directory has it.</summary>
    public static TrustAnchor ReadAnchor(string path)
    {
        try
        {
            var text = System.Text.Encoding.UTF8.GetString(Read(path, ProtocolLimits.MaxMessageBytes));
            if (TrustAnchor.TryFrom(JsonParser.Default.Parse<TrustAnchorMessage>(text), out var anchor)) return anchor;
        }
        catch (Exception failure) when (failure is InvalidJsonException or InvalidProtocolBufferException)
        {
            throw Broken(path);
        }

        throw Broken(path);
    }

    /// <summary>Writes a bundle in the forms asked for, mode 0600: it holds the attributes that were shown.</summary>
    public static void WriteBundle(VerificationBundle bundle, string? binary, string? json)
    {
        if (binary is not null) SecretFile.Write(binary, bundle.ToByteArray());
        if (json is not null) SecretFile.Write(json, System.Text.Encoding.UTF8.GetBytes(Json.Format(bundle) + "\n"));
    }

    /// <summary>The names of the attributes shown; what cannot be read is left for verification to refuse.</summary>
    public static IReadOnlyList<string> ShownNames(Presentation presentation)
    {
        var statement = presentation.Credential.Statement;
        var names = new List<string>();
        foreach (var disclosed in presentation.ToMessage().Disclosures)
            if (AttributeCommitment.VerifyDisclosure(statement.Commitment, statement.AttributeCount, disclosed, out var attribute)) names.Add(attribute.Name);
        return names;
    }

    private static CommandFailure Broken(string path) => CommandFailure.BadInput($"'{path}' is no trust anchor (TrustAnchorMessage as JSON), as anchor.json of a network directory.");

    private static byte[] Read(string path, int maxBytes)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= maxBytes ? File.ReadAllBytes(path) : throw CommandFailure.BadInput($"'{path}' has {length} bytes; at most {maxBytes} are read.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"'{path}' cannot be read: {failure.Message}");
        }
    }
}
