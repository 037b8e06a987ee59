using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>What each kind of change has to be, and what it does.</summary>
internal static class Changes
{
    /// <summary>Applies a proposal's changes to <paramref name="view"/> in their order; the first that does not hold, with its place, or null.</summary>
    public static Refusal? Apply(ChangeView view, ProposalDocument document)
    {
        for (var i = 0; i < document.Changes.Count; i++)
            if (ApplyOne(view, document.Changes[i], $"changes[{i}]") is { } refusal)
                return refusal;
        return null;
    }

    private static Refusal? ApplyOne(ChangeView view, GovernanceChange change, string where) => change.ContentCase switch
    {
        GovernanceChange.ContentOneofCase.SetValidators => ValidatorChanges.Set(view, change.SetValidators, where),
        GovernanceChange.ContentOneofCase.PutMember => MemberChanges.Put(view, change.PutMember, where),
        GovernanceChange.ContentOneofCase.PutKey => KeyChanges.Put(view, change.PutKey, where),
        GovernanceChange.ContentOneofCase.PutNode => NodeChanges.Put(view, change.PutNode, where),
        GovernanceChange.ContentOneofCase.RemoveNode => NodeChanges.Remove(view, change.RemoveNode, where),
        GovernanceChange.ContentOneofCase.AllowVoting => KeyChanges.AllowVoting(view, change.AllowVoting, where),
        GovernanceChange.ContentOneofCase.SetParameters => ParameterChanges.Set(view, change.SetParameters, where),
        GovernanceChange.ContentOneofCase.ScheduleUpgrade => UpgradeChanges.Schedule(view, change.ScheduleUpgrade, where),
        GovernanceChange.ContentOneofCase.CancelUpgrade => UpgradeChanges.Cancel(view, change.CancelUpgrade, where),
        _ => new Refusal(MembershipCodes.BadProposal, $"{where} says nothing."),
    };
}
