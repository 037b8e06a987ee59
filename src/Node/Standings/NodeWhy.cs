using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Node.Standings;

/// <summary>Rule C-ALARM: what a node can say about who votes and who does not.</summary>
/// <param name="Own">Of itself.</param>
/// <param name="Heard">Of each peer, its own words; ascending by key.</param>
/// <param name="Now">The clock here.</param>
public sealed record NodeWhy(SignedStanding Own, IReadOnlyList<HeardStanding> Heard, UnixTime Now)
{
    /// <summary>Keys and certificate of this node and its member, by their last instant, the nearest first.</summary>
    public IReadOnlyList<Expiring> Expiring { get; init; } = [];
}
