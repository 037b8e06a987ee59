using System.Globalization;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>A chain of bureaus of which the first have seats; each has a consensus key, a spare one and a governor. Their calls, in short.</summary>
internal sealed class GovernedChain
{
    /// <summary>Bureaus of every such chain: the largest set of the tests, and some candidates.</summary>
    public const int Bureaus = 16;

    private static readonly OrganisationCode[] Codes =
        [.. Enumerable.Range(0, Bureaus).Select(i => OrganisationCode.Mint($"11{11 + i}0000{(900 + i).ToString("D9", CultureInfo.InvariantCulture)}"))];

    /// <summary>By bureau.</summary>
    public static readonly IReadOnlyList<Actor> Consensus = [.. Codes.Select((code, i) => new Actor(1_000 + i, code))];

    /// <summary>By bureau: a second consensus key.</summary>
    public static readonly IReadOnlyList<Actor> Spare = [.. Codes.Select((code, i) => new Actor(2_000 + i, code))];

    /// <summary>By bureau.</summary>
    public static readonly IReadOnlyList<Actor> Officers = [.. Codes.Select((code, i) => new Actor(3_000 + i, code))];

    private readonly int _seats;

    public GovernedChain(int seats, uint version = 0)
    {
        _seats = seats;
        var genesis = new GenesisMessage
        {
            ChainId = TestChain.Id.Value, TimeMs = TestGenesis.TimeMs, Parameters = ChainParameters.Default.ToRecord(), Validators = new ValidatorSetMessage(),
            ProtocolVersion = version,
        };
        for (var i = 0; i < Bureaus; i++)
        {
            genesis.Members.Add(TestGenesis.Member(Codes[i], RegionCode.Parse($"{11 + i}0000"), MemberRole.Validator));
            genesis.Keys.Add(TestGenesis.Key(Consensus[i], KeyRole.Consensus));
            genesis.Keys.Add(TestGenesis.Key(Spare[i], KeyRole.Consensus));
            genesis.Keys.Add(TestGenesis.Key(Officers[i], KeyRole.Govern));
            if (i < seats) genesis.Validators.Validators.Add(Seat(Consensus[i]));
        }

        Chain = new TestChain(genesis);
    }

    public TestChain Chain { get; }

    public ValidatorSet Validators => ValidatorSet.TryFrom(Chain.Find(StateKeys.Validators, ValidatorSetMessage.Parser), out var set) ? set : throw new InvalidOperationException("No sound set.");

    public static ValidatorMessage Seat(Actor key) => new() { Member = key.Member.Value, PublicKey = ByteString.CopyFrom(key.Key.PublicKey.Encoded) };

    public static ByteString IdOf(Actor key) => ByteString.CopyFrom(key.Id.Value.Span);

    /// <summary>A set of these keys, made for the present one.</summary>
    public GovernanceChange SetTo(params IEnumerable<Actor> keys) => new()
    {
        SetValidators = new SetValidators { Validators = new ValidatorSetMessage { Validators = { keys.Select(Seat) } }, BaseHash = ByteString.CopyFrom(Validators.Hash.Span) },
    };

    public ProposalDocument Document(params IEnumerable<GovernanceChange> changes) => new() { Title = "A change 变更", ExpiresHeight = Chain.Height.Value + 100, Changes = { changes } };

    public static Hash256 IdOf(ProposalDocument document) => Sm3.Hash(document.ToByteArray());

    public ProposalRecord Proposal(ProposalDocument document) => Chain.Find(StateKeys.Proposal(IdOf(document)), ProposalRecord.Parser)!;

    public Receipt Propose(int bureau, ProposalDocument document) => Chain.Run(Officers[bureau], "membership", "propose", new ProposeChange { Document = document });

    public Receipt Approve(int bureau, ProposalDocument document) =>
        Chain.Run(Officers[bureau], "membership", "approve", new ApproveProposal { ProposalId = ByteString.CopyFrom(IdOf(document).Span) });

    public Receipt Withdraw(int bureau, ProposalDocument document) =>
        Chain.Run(Officers[bureau], "membership", "withdraw", new WithdrawProposal { ProposalId = ByteString.CopyFrom(IdOf(document).Span) });

    /// <summary>Proposes by the first bureau and approves by the next ones until it is adopted; the receipt that adopted it, or that of the first refusal.</summary>
    public Receipt Adopt(params IEnumerable<GovernanceChange> changes) => Adopt(Document(changes));

    /// <summary>As above.</summary>
    public Receipt Adopt(ProposalDocument document)
    {
        var receipt = Propose(0, document);
        for (var i = 1; i < _seats && receipt.Applied && Proposal(document).Status == ProposalStatus.Open; i++) receipt = Approve(i, document);
        return receipt;
    }

    /// <summary>As <see cref="Adopt(IEnumerable{GovernanceChange})"/>; throws unless it was adopted.</summary>
    public Receipt MustAdopt(params IEnumerable<GovernanceChange> changes)
    {
        var document = Document(changes);
        var receipt = Adopt(document);
        return receipt.Applied && Proposal(document).Status == ProposalStatus.Adopted ? receipt : throw new InvalidOperationException($"Not adopted: {receipt.Code}: {receipt.Detail}");
    }

    /// <summary>Asserts that these changes are refused when they are proposed.</summary>
    public void Refuses(string code, params IEnumerable<GovernanceChange> changes) =>
        Chain.Refuses(code, Officers[0], "membership", "propose", new ProposeChange { Document = Document(changes) });
}
