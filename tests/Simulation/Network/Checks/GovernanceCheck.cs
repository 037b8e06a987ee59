using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// What governance has decided, counted here a second time from the votes on the chain and not from anybody's state: with more than two thirds of the seats a proposal holds, from the
/// next height on (C-CHANGE). Every header must name the validator set that this comes to.
/// </summary>
internal sealed class GovernanceCheck
{
    private readonly SimulatedCast _cast;
    private readonly Dictionary<Hash256, Proposal> _open = [];
    private readonly List<(KeyId Key, ulong Height, ulong From)> _leave = [];
    private readonly Dictionary<OrganisationCode, KeyId> _lastKeys = [];

    public GovernanceCheck(SimulatedCast cast)
    {
        _cast = cast;
        Parameters = cast.Genesis.Parameters;
        Next = cast.Genesis.Validators;
        foreach (var seat in Next.Validators) _lastKeys[seat.Member] = seat.Key.Id;
    }

    /// <summary>The set that decides the height above the chain.</summary>
    public ValidatorSet Next { get; private set; }

    /// <summary>The parameters above the chain.</summary>
    public ChainParameters Parameters { get; private set; }

    /// <summary>The last version of the protocol that was scheduled, and from which height on; the first where none was.</summary>
    public (uint Version, ulong From) Upgrade { get; private set; } = (Protocol.ProtocolVersions.First, 0);

    /// <summary>Proposals that were adopted.</summary>
    public int Adopted { get; private set; }

    /// <summary>The key that a member has or last had a seat with; null for one that never had any.</summary>
    public KeyId? LastKeyOf(SimulatedCast.Member member) => _lastKeys.TryGetValue(member.Code, out var key) ? key : null;

    /// <summary>
    /// True when governance has let a key vote at <paramref name="height"/> by a decision above <paramref name="lostAt"/>, where its log was lost. A later decision takes no earlier one back:
    /// the node may have acted on it.
    /// </summary>
    public bool MayVote(KeyId key, ulong lostAt, ulong height) => _leave.Exists(leave => leave.Key == key && leave.Height > lostAt && leave.From <= height);

    /// <summary>The next block of the chain.</summary>
    public void Take(CommittedBlock block)
    {
        for (var i = 0; i < block.Block.Transactions.Count; i++)
        {
            var transaction = block.Block.Transactions[i];
            if (transaction.Contract != "membership" || !block.Receipts[i].Applied) continue;
            if (transaction.Method == "propose") Propose(ProposeChange.Parser.ParseFrom(transaction.Arguments.Span).Document, transaction.Signer);
            else if (transaction.Method == "approve") Approve(ApproveProposal.Parser.ParseFrom(transaction.Arguments.Span).ProposalId, transaction.Signer, block.Block.Header.Height.Value);
        }

        var named = block.Block.Header.Fields.NextValidatorsHash;
        NetworkChecks.Require(named == Next.Hash, $"Block {block.Block.Header.Height} names the validator set {named} for the next height; by the votes on the chain it is {Next.Hash}.");
    }

    private void Propose(ProposalDocument document, KeyId signer) => _open.Add(Charter.IdOf(document), new Proposal(document, [_cast.OfficerOf(signer).Code]));

    private void Approve(ByteString proposal, KeyId signer, ulong height)
    {
        var id = Hash256.From(proposal.Span);
        if (!_open.TryGetValue(id, out var open)) throw new SimulationFailure($"Block {height} approves {id}, which is not open.");
        open.Approvals.Add(_cast.OfficerOf(signer).Code);
        if (3 * Next.Validators.Count(seat => open.Approvals.Contains(seat.Member)) <= 2 * Next.Count) return;
        _open.Remove(id);
        Adopted++;
        foreach (var change in open.Document.Changes) Adopt(change, height);
    }

    private void Adopt(GovernanceChange change, ulong height)
    {
        switch (change.ContentCase)
        {
            case GovernanceChange.ContentOneofCase.SetValidators when ValidatorSet.TryFrom(change.SetValidators.Validators, out var next):
                Next = next;
                foreach (var seat in next.Validators) _lastKeys[seat.Member] = seat.Key.Id;
                break;
            case GovernanceChange.ContentOneofCase.SetParameters when ChainParameters.TryFrom(change.SetParameters, out var parameters, out _):
                Parameters = parameters;
                break;
            case GovernanceChange.ContentOneofCase.AllowVoting:
                _leave.Add((new KeyId(Hash256.From(change.AllowVoting.KeyId.Span)), height, ulong.Max(change.AllowVoting.FromHeight, height + 2)));
                break;
            case GovernanceChange.ContentOneofCase.ScheduleUpgrade:
                Upgrade = (change.ScheduleUpgrade.Version, change.ScheduleUpgrade.ActivationHeight);
                break;
            case GovernanceChange.ContentOneofCase.PutMember or GovernanceChange.ContentOneofCase.PutKey:
                break;
            default: throw new SimulationFailure($"{change.ContentCase} was adopted, which nobody here proposes.");
        }
    }

    private sealed record Proposal(ProposalDocument Document, HashSet<OrganisationCode> Approvals);
}
