using System.Buffers.Binary;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.State;

/// <summary>
/// Where each record stands in the state: a one-letter prefix, '/', and the id. The prefixes are part of the protocol: a client
/// computes the key whose proof it asks for. Ids that are bytes stand as bytes.
/// </summary>
public static class StateKeys
{
    /// <summary>ParametersRecord.</summary>
    public static StateKey Parameters => StateKey.From("p/"u8);

    /// <summary>ValidatorSetMessage of the next height.</summary>
    public static StateKey Validators => StateKey.From("v/"u8);

    /// <summary>MemberRecord.</summary>
    public static StateKey Member(OrganisationCode member) => Text('m', member.Value);

    /// <summary>KeyRecord.</summary>
    public static StateKey Key(KeyId key) => Bytes('k', key.Value.Span);

    /// <summary>LicenceTypeRecord, by catalogue code.</summary>
    public static StateKey LicenceType(string code) => Text('t', code);

    /// <summary>LicenceRecord.</summary>
    public static StateKey Licence(LicenceId licence) => Text('l', licence.Value);

    /// <summary>GrantRecord.</summary>
    public static StateKey Grant(GrantId grant) => Bytes('g', grant.Value.Span);

    /// <summary>GrantUseRecord.</summary>
    public static StateKey GrantUse(GrantId grant, Hash256 use)
    {
        Span<byte> both = stackalloc byte[Hash256.Size * 2];
        grant.Value.CopyTo(both);
        use.CopyTo(both[Hash256.Size..]);
        return Bytes('u', both);
    }

    /// <summary>MatterRecord.</summary>
    public static StateKey Matter(string code) => Text('x', code);

    /// <summary>AgreementRecord.</summary>
    public static StateKey Agreement(string name) => Text('a', name);

    /// <summary>CheckpointRecord: the last of a log.</summary>
    public static StateKey Checkpoint(string origin) => Text('c', origin);

    /// <summary>EvidenceRecord: against a consensus key, for votes of a height (8 bytes, big-endian).</summary>
    public static StateKey Evidence(KeyId key, Height height)
    {
        Span<byte> both = stackalloc byte[Hash256.Size + sizeof(ulong)];
        key.Value.CopyTo(both);
        BinaryPrimitives.WriteUInt64BigEndian(both[Hash256.Size..], height.Value);
        return Bytes('e', both);
    }

    /// <summary>NodesRecord: the nodes that governance announced.</summary>
    public static StateKey Nodes => StateKey.From("n/"u8);

    /// <summary>OpenProposalsRecord.</summary>
    public static StateKey OpenProposals => StateKey.From("o/"u8);

    /// <summary>ProposalRecord, by the SM3 of its document.</summary>
    public static StateKey Proposal(Hash256 id) => Bytes('o', id.Span);

    /// <summary>GovernorsRecord of a member.</summary>
    public static StateKey Governors(OrganisationCode member) => Text('r', member.Value);

    /// <summary>PastValidatorsRecord.</summary>
    public static StateKey PastValidators => StateKey.From("s/"u8);

    /// <summary>ValidatorSetMessage of the past, by its slot.</summary>
    public static StateKey PastValidatorSet(byte slot) => Bytes('s', [slot]);

    /// <summary>VotingAllowedRecord of a consensus key.</summary>
    public static StateKey VotingAllowed(KeyId key) => Bytes('w', key.Value.Span);

    /// <summary>UpgradeRecord.</summary>
    public static StateKey Upgrade => StateKey.From("z/"u8);

    /// <summary>AttestationRecord: the last of a member.</summary>
    public static StateKey Attestation(OrganisationCode member) => Text('z', member.Value);

    private static StateKey Text(char prefix, string id) => Bytes(prefix, System.Text.Encoding.UTF8.GetBytes(id));

    private static StateKey Bytes(char prefix, ReadOnlySpan<byte> id)
    {
        Span<byte> key = stackalloc byte[id.Length + 2];
        key[0] = (byte)prefix;
        key[1] = (byte)'/';
        id.CopyTo(key[2..]);
        return StateKey.From(key);
    }
}
