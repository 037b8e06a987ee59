using System.Buffers.Binary;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Core;

/// <summary>The votes of a test network's members, as signed transactions; <paramref name="life"/>: heights for which transactions and proposals hold.</summary>
internal sealed class Governance(TestNetwork network, ulong life = 900)
{
    private int _unique;

    /// <summary>A proposal of the first of these members and the approvals of the others, in order.</summary>
    public IReadOnlyList<SignedTransaction> Votes(ulong height, IReadOnlyList<int> members, params IEnumerable<GovernanceChange> changes)
    {
        var document = new ProposalDocument { Title = "A change", ExpiresHeight = height + life, Changes = { changes } };
        var approval = new ApproveProposal { ProposalId = ByteString.CopyFrom(Sm3.Hash(document.ToByteArray()).Span) };
        return [Sign(members[0], height, "propose", new ProposeChange { Document = document }), .. members.Skip(1).Select(m => Sign(m, height, "approve", approval))];
    }

    /// <summary>One member's approval.</summary>
    public SignedTransaction Approve(ulong height, int member, ProposalDocument document) =>
        Sign(member, height, "approve", new ApproveProposal { ProposalId = ByteString.CopyFrom(Sm3.Hash(document.ToByteArray()).Span) });

    /// <summary>One member's proposal.</summary>
    public SignedTransaction Propose(ulong height, int member, ProposalDocument document) => Sign(member, height, "propose", new ProposeChange { Document = document });

    /// <summary>Version 2 from a height on.</summary>
    public static GovernanceChange Upgrade(ulong height) => new() { ScheduleUpgrade = new ScheduleUpgrade { Version = 2, ActivationHeight = height } };

    /// <summary>A member's governing key, valid until a time.</summary>
    public GovernanceChange Governs(int member, ulong untilMs) =>
        new() { PutKey = new KeyRecord(TestNetwork.Key(network.Members[member], network.Members[member].Govern, "govern", KeyRole.Govern)) { ExpiresMs = untilMs } };

    /// <summary>Another set for the one that <paramref name="present"/> is.</summary>
    public static GovernanceChange SetTo(ValidatorSet present, params IEnumerable<(TestMember Member, Sm2PrivateKey Key)> seats) => new()
    {
        SetValidators = new SetValidators
        {
            BaseHash = ByteString.CopyFrom(present.Hash.Span),
            Validators = new ValidatorSetMessage
            {
                Validators = { seats.Select(s => new ValidatorMessage { Member = s.Member.Code.Value, PublicKey = ByteString.CopyFrom(s.Key.PublicKey.Encoded) }) },
            },
        },
    };

    /// <summary>The place of a member's node, under one of its keys.</summary>
    public GovernanceChange Node(int member, Sm2PrivateKey? key = null) => new()
    {
        PutNode = new NodeRecord
        {
            KeyId = IdOf(key ?? network.Members[member].Consensus),
            Host = "127.0.0.1",
            Port = (uint)network.Configurations[member].LinkPort,
            CertificateSha256 = ByteString.CopyFrom(network.Members[member].Fingerprint.Value.Span),
        },
    };

    public static ByteString IdOf(Sm2PrivateKey key) => ByteString.CopyFrom(key.PublicKey.Id.Value.Span);

    private SignedTransaction Sign(int member, ulong height, string method, IMessage arguments)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        BinaryPrimitives.WriteInt32BigEndian(unique, ++_unique);
        return TransactionBuilder.Sign(ChainId.Parse(TestNetwork.ChainName), "membership", method, arguments, network.Members[member].Govern, new Height(height + life), unique);
    }
}
