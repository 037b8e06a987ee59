using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Proofs;

namespace LicenceChain.Cli.Why;

/// <summary>Whom <c>why</c> asks, and what it trusts.</summary>
internal sealed record WhyOptions
{
    /// <summary>Nodes to ask.</summary>
    public required IReadOnlyList<NodeToAsk> Nodes { get; init; }

    /// <summary>Names the first validators; null: the word of the first node that answers, and the report says so.</summary>
    public required TrustAnchor? Anchor { get; init; }

    /// <summary>The network directory; null when only addresses were given.</summary>
    public required NetworkDirectory? Directory { get; init; }

    /// <summary>Bearer token for reading headers; null: none.</summary>
    public required string? Token { get; init; }

    /// <summary>Longest wait for one node.</summary>
    public required TimeSpan Patience { get; init; }
}
