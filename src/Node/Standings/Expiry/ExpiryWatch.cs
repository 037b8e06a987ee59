using LicenceChain.Contracts;
using LicenceChain.Contracts.Membership;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Standings.Expiry;

/// <summary>Watches what of a node and its member expires: 90, 30 and 7 days ahead somebody has to be told.</summary>
internal static class ExpiryWatch
{
    /// <summary>Milliseconds of a day.</summary>
    public const ulong DayMs = 86_400_000;

    /// <summary>Everything of this node that expires, the nearest first.</summary>
    /// <param name="state">The chain's state.</param>
    /// <param name="consensus">The key that votes, or follows.</param>
    /// <param name="service">The service key.</param>
    /// <param name="certificate">Last instant of the link certificate; null where there is none.</param>
    public static IReadOnlyList<Expiring> Read(IStateReader state, KeyId consensus, KeyId service, UnixTime? certificate)
    {
        var all = new List<Expiring>(4);
        if (KeyExpiry.Of(state, consensus) is { } votes) all.Add(new Expiring(ExpiryKind.ConsensusKey, consensus, votes));
        if (KeyExpiry.Of(state, service) is { } serves) all.Add(new Expiring(ExpiryKind.ServiceKey, service, serves));
        if (KeyExpiry.LastGovernor(state, consensus) is var (governor, governs)) all.Add(new Expiring(ExpiryKind.GoverningKey, governor, governs));
        if (certificate is { } links) all.Add(new Expiring(ExpiryKind.LinkCertificate, default, links));
        all.Sort(static (one, other) => one.At.Milliseconds.CompareTo(other.At.Milliseconds));
        return all;
    }

    /// <summary>How near it is at <paramref name="now"/>.</summary>
    public static ExpiryStage Stage(Expiring one, UnixTime now)
    {
        if (one.At > now.Plus(90 * DayMs)) return ExpiryStage.Far;
        if (one.At > now.Plus(30 * DayMs)) return ExpiryStage.Quarter;
        return one.At > now.Plus(7 * DayMs) ? ExpiryStage.Month : ExpiryStage.Week;
    }
}
