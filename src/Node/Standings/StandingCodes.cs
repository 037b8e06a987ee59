namespace LicenceChain.Node.Standings;

/// <summary>Reasons of a standing that the node gives beside those of the consensus (AlarmCodes). Listed in docs/reference/codes.md.</summary>
internal static class StandingCodes
{
    /// <summary>The node stopped itself: an invariant does not hold.</summary>
    public const string Halted = "halted";

    /// <summary>The node stopped itself: a disk cannot be written or read.</summary>
    public const string Storage = "storage";

    /// <summary>The node stopped itself: a decided block gives other roots here.</summary>
    public const string Diverged = "diverged";

    /// <summary>The node stopped itself: the chain has upgraded to a version of the protocol that its program does not know.</summary>
    public const string Outdated = "outdated";

    /// <summary>It is so far behind that no linked peer holds the block above its head: it must join again by a snapshot, or from an archive.</summary>
    public const string HistoryGone = "history-gone";

    /// <summary>Peers refuse its links: the chain lists a link certificate for it that it does not have.</summary>
    public const string CertificateMissing = "certificate-missing";

    /// <summary>An upgrade is scheduled that its program does not know; it votes until then.</summary>
    public const string UpgradeDue = "upgrade-due";

    /// <summary>A key of the node or its member, or the link certificate, expires within 90 or 30 days; it votes.</summary>
    public const string ExpiryNear = "expiry-near";

    /// <summary>A key of the node or its member, or the link certificate, expires within 7 days or has expired; it votes.</summary>
    public const string ExpiryDue = "expiry-due";

    /// <summary>The consensus key is suspended, removed, or its time is over.</summary>
    public const string KeyExpired = "key-expired";
}
