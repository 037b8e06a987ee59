using LicenceChain.Node.Loop;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Node.Standings;

/// <summary>What the loop last put up for readers on other threads. Signed when somebody asks, not each second.</summary>
internal sealed class StandingBoard(NodeStanding own, IReadOnlyList<HeardStanding> heard, IReadOnlyList<Expiring> expiring, NodeSigner signer, INodeClock clock)
{
    private readonly Lazy<SignedStanding> _signed = new(() => signer.SignStanding(own));

    /// <summary>Everything, as of now.</summary>
    public NodeWhy Read() => new(_signed.Value, heard, clock.Now) { Expiring = expiring };
}
