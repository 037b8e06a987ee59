using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>Which version of the protocol is in force from which height on.</summary>
internal static class UpgradeChanges
{
    /// <summary>Fewest heights between adoption and activation: nodes that lag by a few blocks still hear of it first. Operators plan in days.</summary>
    public const ulong LeastLead = 50;

    /// <summary>Most heights between adoption and activation.</summary>
    public const ulong MostLead = 10_000_000;

    /// <summary>Schedules a higher version; one at a time.</summary>
    public static Refusal? Schedule(ChangeView view, ScheduleUpgrade change, string where)
    {
        var (present, isPending) = Read(view);
        if (isPending) return new Refusal(MembershipCodes.UpgradePending, $"{where}: version {present.NextVersion} is scheduled for height {present.ActivationHeight}: cancel it first.");
        if (change.Version <= present.CurrentVersion) return new Refusal(MembershipCodes.BadUpgrade, $"{where}: version is {change.Version}; {present.CurrentVersion} is in force.");
        var height = view.Height.Value;
        if (change.ActivationHeight < height + LeastLead || change.ActivationHeight > height + MostLead)
            return new Refusal(MembershipCodes.BadUpgrade, $"{where}: activation_height is {change.ActivationHeight}; it lies {LeastLead} to {MostLead} above this block, {height}.");
        var record = new UpgradeRecord { CurrentVersion = present.CurrentVersion, NextVersion = change.Version, ActivationHeight = change.ActivationHeight };
        view.Put(StateKeys.Upgrade, record, "upgrade.scheduled", $"{change.Version}");
        return null;
    }

    /// <summary>Cancels what is scheduled, before its height is the next.</summary>
    public static Refusal? Cancel(ChangeView view, CancelUpgrade change, string where)
    {
        var (present, isPending) = Read(view);
        if (!isPending || present.NextVersion != change.Version) return new Refusal(MembershipCodes.BadUpgrade, $"{where}: version {change.Version} is not scheduled.");
        if (view.Height.Value + 1 >= present.ActivationHeight) return new Refusal(MembershipCodes.BadUpgrade, $"{where}: it is too late; version {change.Version} is in force with the next block.");
        view.Put(StateKeys.Upgrade, new UpgradeRecord { CurrentVersion = present.CurrentVersion }, "upgrade.cancelled", $"{change.Version}");
        return null;
    }

    // As it stands at this height: what was scheduled and has come is the current version.
    private static (UpgradeRecord Present, bool IsPending) Read(ChangeView view)
    {
        var record = view.Find(StateKeys.Upgrade, UpgradeRecord.Parser);
        var current = UpgradeSchedule.VersionAt(record, view.Height);
        return record is not null && record.NextVersion > current
            ? (record, true)
            : (new UpgradeRecord { CurrentVersion = current }, false);
    }
}
