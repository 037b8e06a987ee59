using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Governance;

/// <summary>Changes that members propose, as messages.</summary>
internal static class Charter
{
    /// <summary>A member that the chain does not know yet, with its keys.</summary>
    public static IEnumerable<GovernanceChange> Admit(SimulatedCast.Member member) =>
    [
        new GovernanceChange { PutMember = member.ToRecord() },
        .. member.OtherKeys().Append(member.ToRecord(0)).Select(key => new GovernanceChange { PutKey = key }),
    ];

    /// <summary>A member's next consensus key, or the end of one.</summary>
    public static GovernanceChange PutKey(SimulatedCast.Member member, int generation, StandingStatus status = StandingStatus.Active)
    {
        var record = member.ToRecord(generation);
        record.Status = status;
        return new GovernanceChange { PutKey = record };
    }

    /// <summary>The key of a member's officer, to govern and nothing else, valid until a time.</summary>
    public static GovernanceChange PutOfficer(SimulatedCast.Member member, UnixTime until)
    {
        var record = member.OtherKeys().Last();
        record.ExpiresMs = until.Milliseconds;
        record.Roles.Clear();
        record.Roles.Add(KeyRole.Govern);
        return new GovernanceChange { PutKey = record };
    }

    /// <summary>Another set in the place of <paramref name="present"/>.</summary>
    public static GovernanceChange SetTo(ValidatorSet present, params IEnumerable<Validator> seats) => new()
    {
        SetValidators = new SetValidators { BaseHash = ByteString.CopyFrom(present.Hash.Span), Validators = ValidatorSet.Of([.. seats]).ToMessage() },
    };

    /// <summary>A member's seat.</summary>
    public static Validator Seat(SimulatedCast.Member member, int generation = 0) => new(member.Code, member.Keys[generation].PublicKey);

    /// <summary>C-RESTART: a key may vote again.</summary>
    public static GovernanceChange Allow(KeyId key, ulong from) => new() { AllowVoting = new AllowVoting { KeyId = ByteString.CopyFrom(key.Value.Span), FromHeight = from } };

    /// <summary>Other parameters.</summary>
    public static GovernanceChange Set(ParametersRecord parameters) => new() { SetParameters = parameters };

    /// <summary>Another version of the protocol from a height on.</summary>
    public static GovernanceChange Upgrade(uint version, ulong activation) => new() { ScheduleUpgrade = new ScheduleUpgrade { Version = version, ActivationHeight = activation } };

    /// <summary>By which approvals name a proposal.</summary>
    public static Hash256 IdOf(ProposalDocument document) => Sm3.Hash(document.ToByteArray());
}
