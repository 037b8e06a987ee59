using Google.Protobuf;
using LicenceChain.Node.Diagnostics;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Vault;

/// <summary>The records of this node's own copy of the chain, at its head, typed.</summary>
internal sealed class ChainView(INodeQueries queries)
{
    public NodeStatus Status => queries.Status;

    /// <summary>False while too few peers are linked for anything to be committed.</summary>
    public bool HasQuorum => NodeReadiness.Peers(queries) is null;

    public MemberRecord? Member(OrganisationCode code) => Find(StateKeys.Member(code), MemberRecord.Parser);

    public KeyRecord? Key(KeyId id) => Find(StateKeys.Key(id), KeyRecord.Parser);

    public LicenceRecord? Licence(LicenceId id) => Find(StateKeys.Licence(id), LicenceRecord.Parser);

    public LicenceTypeRecord? LicenceType(string code) => Find(StateKeys.LicenceType(code), LicenceTypeRecord.Parser);

    public MatterRecord? Matter(string code) => Find(StateKeys.Matter(code), MatterRecord.Parser);

    public AgreementRecord? Agreement(string name) => Find(StateKeys.Agreement(name), AgreementRecord.Parser);

    public GrantRecord? Grant(GrantId id) => Find(StateKeys.Grant(id), GrantRecord.Parser);

    public GrantUseRecord? GrantUse(GrantId grant, Hash256 use) => Find(StateKeys.GrantUse(grant, use), GrantUseRecord.Parser);

    public CheckpointRecord? Checkpoint(string origin) => Find(StateKeys.Checkpoint(origin), CheckpointRecord.Parser);

    public ParametersRecord Parameters => Find(StateKeys.Parameters, ParametersRecord.Parser) ?? throw new InvalidOperationException("The state holds no parameters: it is not a chain's.");

    private T? Find<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => queries.TryGetState(key, out var value) ? parser.ParseFrom(value.Span) : null;
}
