using Google.Protobuf;
using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>
/// Changes of who takes part and by which rules (ADR 0017): one member that has a seat in the validator set proposes, and the changes take effect in the very block in which more
/// than two thirds of the members with a seat have approved that document.
/// </summary>
internal static class GovernanceContract
{
    /// <summary>Furthest that a proposal's last height may lie ahead: at five blocks a second, more than four days; at one a minute, years.</summary>
    public const ulong MaxLife = 2_000_000;

    /// <summary>Most changes of one proposal: admitting a member takes its record, four keys and a node.</summary>
    public const int MaxChanges = 16;

    /// <summary>Proposes changes and approves them for the signer's member. They are tried against the state as it stands, and written only when they are adopted.</summary>
    public static Refusal? Propose(Call call, ProposeChange arguments)
    {
        // 1. Who, and the form.
        var document = arguments.Document ?? new ProposalDocument();
        var set = Seats.Read(call);
        var member = call.Signer.Member.Value;
        if (!Seats.Has(set, member)) return NoSeat(member);
        if (Renewal.Check(call, document) is { } more) return more;
        if (!PlainText.IsValid(document.Title)) return new Refusal(MembershipCodes.BadProposal, $"title is {PlainText.Rule}.");
        if (document.Changes.Count is 0 or > MaxChanges) return new Refusal(MembershipCodes.BadProposal, $"changes are 1 to {MaxChanges}.");
        if (document.ExpiresHeight <= call.Height.Value || document.ExpiresHeight - call.Height.Value > MaxLife)
            return new Refusal(MembershipCodes.BadExpiry, $"expires_height is {document.ExpiresHeight}; this block is {call.Height}, and it lies at most {MaxLife} ahead.");

        // 2. Once, and not too many at a time.
        var id = Sm3.Hash(document.ToByteArray());
        if (call.Exists(StateKeys.Proposal(id))) return new Refusal(MembershipCodes.RepeatedProposal, $"{id} was proposed before.");
        var refusal = OpenProposals.Add(call, id, member, document.ExpiresHeight);
        if (refusal is not null) return refusal;

        // 3. Tried; what the state refuses now is not worth a vote.
        refusal = Changes.Apply(new ChangeView(call), document);
        if (refusal is not null) return refusal;
        var record = new ProposalRecord { Document = document, Proposer = member, Approvals = { member }, Status = ProposalStatus.Open, ProposedHeight = call.Height.Value };
        call.Put(StateKeys.Proposal(id), record, "membership.proposed", id.ToString());
        return null;
    }

    /// <summary>
    /// Approves a proposal for the signer's member. Where more than two thirds have approved, its changes take effect here and now; if the state no longer allows them, the
    /// approval is refused with the reason and the proposal stays open. Seats count as they stand now: a member may approve again once others' leaving made the count suffice.
    /// </summary>
    public static Refusal? Approve(Call call, ApproveProposal arguments)
    {
        var set = Seats.Read(call);
        var member = call.Signer.Member.Value;
        if (!Seats.Has(set, member)) return NoSeat(member);
        var refusal = FindOpen(call, arguments.ProposalId, out var id, out var record) ?? Renewal.Check(call, record.Document);
        if (refusal is not null) return refusal;
        var isNew = !record.Approvals.Contains(member);
        if (isNew) Insert(record.Approvals, member);
        var isAdopted = Seats.Suffice(record.Approvals.Count(one => Seats.Has(set, one)), set.Validators.Count);
        if (!isNew && !isAdopted) return new Refusal(MembershipCodes.AlreadyApproved, $"{member} approved {id} before.");
        if (isAdopted)
        {
            var view = new ChangeView(call);
            refusal = Changes.Apply(view, record.Document);
            if (refusal is not null) return refusal;
            view.Commit();
            OpenProposals.Remove(call, id);
            (record.Status, record.AdoptedHeight) = (ProposalStatus.Adopted, call.Height.Value);
        }

        call.Put(StateKeys.Proposal(id), record, isAdopted ? "membership.adopted" : "membership.approved", id.ToString());
        return null;
    }

    /// <summary>The proposer's member closes its proposal; another takes its approval back.</summary>
    public static Refusal? Withdraw(Call call, WithdrawProposal arguments)
    {
        var member = call.Signer.Member.Value;
        var refusal = FindOpen(call, arguments.ProposalId, out var id, out var record) ?? Renewal.Check(call, record.Document);
        if (refusal is not null) return refusal;
        if (record.Proposer == member)
        {
            record.Status = ProposalStatus.Withdrawn;
            OpenProposals.Remove(call, id);
        }
        else if (!record.Approvals.Remove(member))
        {
            return new Refusal(MembershipCodes.NotApproved, $"{member} neither proposed nor approved {id}.");
        }

        call.Put(StateKeys.Proposal(id), record, "membership.withdrawn", id.ToString());
        return null;
    }

    private static Refusal NoSeat(string member) => new(MembershipCodes.NoSeat, $"{member} has no seat in the validator set.");

    // The record is the caller's own to change.
    private static Refusal? FindOpen(Call call, ByteString proposal, out Hash256 id, out ProposalRecord record)
    {
        record = null!;
        if (!Hash256.TryFrom(proposal.Span, out id) || call.Find(StateKeys.Proposal(id), ProposalRecord.Parser) is not { } found)
            return new Refusal(MembershipCodes.UnknownProposal, "proposal_id names no proposal.");
        if (found.Status != ProposalStatus.Open) return new Refusal(MembershipCodes.ClosedProposal, $"{id} is {found.Status}.");
        if (found.Document.ExpiresHeight < call.Height.Value)
            return new Refusal(MembershipCodes.ClosedProposal, $"{id} expired at height {found.Document.ExpiresHeight}; this block is {call.Height}.");
        record = found.Clone();
        return null;
    }

    // Sorted: the record is the same whoever came first.
    private static void Insert(Google.Protobuf.Collections.RepeatedField<string> sorted, string value)
    {
        var at = 0;
        while (at < sorted.Count && string.CompareOrdinal(sorted[at], value) < 0) at++;
        sorted.Insert(at, value);
    }
}
