using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Api;

/// <summary>A kind of record that can be asked for by id: how its id becomes a key, and how its value is read.</summary>
internal sealed class StateKind
{
    private const string Current = "current";

    private static readonly Dictionary<string, StateKind> Kinds = new(StringComparer.Ordinal)
    {
        ["member"] = new(MemberRecord.Parser, id => OrganisationCode.TryParse(id, out var code) ? StateKeys.Member(code) : null, "an organisation code of GB 32100"),
        ["key"] = new(KeyRecord.Parser, id => Hash256.TryParse(id, out var key) && !key.IsZero ? StateKeys.Key(new KeyId(key)) : null, "a key id of 64 hexadecimal digits"),
        ["licence-type"] = Text(LicenceTypeRecord.Parser, StateKeys.LicenceType, "a catalogue code"),
        ["licence"] = new(LicenceRecord.Parser, id => LicenceId.TryParseStrict(id, out var licence) ? StateKeys.Licence(licence) : null, "a licence identifier of GB/T 36904"),
        ["grant"] = new(GrantRecord.Parser, id => Hash256.TryParse(id, out var grant) && !grant.IsZero ? StateKeys.Grant(new GrantId(grant)) : null, "a grant id of 64 hexadecimal digits"),
        ["grant-use"] = new(GrantUseRecord.Parser, GrantUse, "a grant id, a dot and a use id, 64 hexadecimal digits each"),
        ["matter"] = Text(MatterRecord.Parser, StateKeys.Matter, "a matter code"),
        ["agreement"] = Text(AgreementRecord.Parser, StateKeys.Agreement, "an agreement's name"),
        ["checkpoint"] = Text(CheckpointRecord.Parser, StateKeys.Checkpoint, "a log's origin"),
        ["evidence"] = new(EvidenceRecord.Parser, Evidence, "a consensus key id of 64 hexadecimal digits, a dot and a height"),
        ["parameters"] = new(ParametersRecord.Parser, id => id == Current ? StateKeys.Parameters : null, "'current'"),
        ["proposal"] = new(ProposalRecord.Parser, id => Hash256.TryParse(id, out var proposal) && !proposal.IsZero ? StateKeys.Proposal(proposal) : null, "a proposal id of 64 hexadecimal digits"),
        ["proposals"] = new(OpenProposalsRecord.Parser, id => id == Current ? StateKeys.OpenProposals : null, "'current'"),
        ["nodes"] = new(NodesRecord.Parser, id => id == Current ? StateKeys.Nodes : null, "'current'"),
        ["governors"] = new(GovernorsRecord.Parser, id => OrganisationCode.TryParse(id, out var code) ? StateKeys.Governors(code) : null, "an organisation code of GB 32100"),
        ["voting-allowed"] = new(VotingAllowedRecord.Parser, id => Hash256.TryParse(id, out var key) && !key.IsZero ? StateKeys.VotingAllowed(new KeyId(key)) : null, "a key id of 64 hexadecimal digits"),
        ["attestation"] = new(AttestationRecord.Parser, id => OrganisationCode.TryParse(id, out var code) ? StateKeys.Attestation(code) : null, "an organisation code of GB 32100"),
        ["upgrade"] = new(UpgradeRecord.Parser, id => id == Current ? StateKeys.Upgrade : null, "'current'"),
        ["validators"] = new(ValidatorSetMessage.Parser, id => id == Current ? StateKeys.Validators : null, "'current'"),
    };

    private readonly Func<string, StateKey?> _toKey;
    private readonly string _idForm;

    private StateKind(MessageParser parser, Func<string, StateKey?> toKey, string idForm) => (Parser, _toKey, _idForm) = (parser, toKey, idForm);

    /// <summary>Reads the record.</summary>
    public MessageParser Parser { get; }

    /// <summary>Finds kind and key; false with the reason.</summary>
    public static bool TryResolve(string kind, string id, [NotNullWhen(true)] out StateKind? found, out StateKey key, [NotNullWhen(false)] out Refusal? refusal)
    {
        key = default;
        if (!Kinds.TryGetValue(kind, out found))
        {
            refusal = new Refusal(ApiCodes.UnknownKind, $"The kinds are {string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal))}.");
            return false;
        }

        var resolved = found._toKey(id);
        refusal = resolved is null ? new Refusal(ApiCodes.BadId, $"The id of a {kind} is {found._idForm}.") : null;
        key = resolved ?? default;
        return refusal is null;
    }

    private static StateKind Text(MessageParser parser, Func<string, StateKey> toKey, string idForm) =>
        new(parser, id => id.Length is > 0 and <= ApiLimits.MaxTextId && Encoding.UTF8.GetByteCount(id) <= ApiLimits.MaxTextId ? toKey(id) : null, idForm);

    private static StateKey? GrantUse(string id) =>
        id.Split('.') is [var grant, var use] && Hash256.TryParse(grant, out var grantId) && !grantId.IsZero && Hash256.TryParse(use, out var useId)
            ? StateKeys.GrantUse(new GrantId(grantId), useId)
            : null;

    private static StateKey? Evidence(string id) =>
        id.Split('.') is [var key, var height] && Hash256.TryParse(key, out var keyId) && !keyId.IsZero
        && ulong.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? StateKeys.Evidence(new KeyId(keyId), new Height(number))
            : null;
}
