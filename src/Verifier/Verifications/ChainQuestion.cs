using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Verifier.Verifications;

/// <summary>Which keys a decision needs, and what their proof says.</summary>
internal static class ChainQuestion
{
    /// <summary>Everything that a decision needs, distinct, for one proof.</summary>
    public static IReadOnlyList<StateKey> Keys(VerificationRequest request, IEnumerable<string> agreements)
    {
        var keys = new List<StateKey>
        {
            StateKeys.Parameters,
            StateKeys.Member(request.Asked.Requester),
            StateKeys.Licence(request.Asked.Licence),
            StateKeys.Matter(request.Asked.Matter),
        };
        if (request.Asked.Grant is { } grant) keys.Add(StateKeys.Grant(grant));
        if (request.Presentation is { } presentation) keys.Add(StateKeys.Key(presentation.Credential.Statement.IssuerKey));
        keys.AddRange(agreements.Select(StateKeys.Agreement));
        return keys;
    }

    /// <summary>What the rules are evaluated over.</summary>
    public static RecognitionFacts Facts(VerificationRequest request, ProvenFacts proven, IEnumerable<string> agreements) => new()
    {
        Requester = Read(proven, StateKeys.Member(request.Asked.Requester), MemberRecord.Parser),
        Licence = Read(proven, StateKeys.Licence(request.Asked.Licence), LicenceRecord.Parser),
        Matter = Read(proven, StateKeys.Matter(request.Asked.Matter), MatterRecord.Parser),
        Grant = request.Asked.Grant is { } grant ? Read(proven, StateKeys.Grant(grant), GrantRecord.Parser) : null,
        Agreements = [.. agreements.Select(name => Read(proven, StateKeys.Agreement(name), AgreementRecord.Parser)).OfType<AgreementRecord>()],
        Presenter = request.Presentation is { } presentation ? HolderTag.Of(presentation.Credential.Statement.Holder) : null,
    };

    /// <summary>A record that the proof speaks about; null when it is proven absent.</summary>
    public static T? Read<T>(ProvenFacts proven, StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        if (!proven.TryGet(key, out var value)) throw new InvalidOperationException($"The proof leaves out {key}, which was asked for.");
        if (value is not { } bytes) return null;
        return CanonicalProto.TryParse(parser, bytes.Span, ProtocolLimits.MaxStateValueBytes, out var record)
            ? record
            : throw new InvalidOperationException($"The state holds a record under {key} that is none."); // certified by a quorum: a bug of ours
    }
}
