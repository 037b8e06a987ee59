using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Cli.Why;

/// <summary>What came of asking one node where it stands.</summary>
internal sealed record NodeAnswer
{
    /// <summary>Who was asked.</summary>
    public required NodeToAsk Asked { get; init; }

    /// <summary>How it went.</summary>
    public required Reach Reach { get; init; }

    /// <summary>Its own words; null when there were none, or none that hold.</summary>
    public NodeStanding? Own { get; init; }

    /// <summary>What it heard peers say of themselves, with the age of each in milliseconds; only words whose signatures hold.</summary>
    public IReadOnlyList<(NodeStanding Standing, ulong AgeMs)> Heard { get; init; } = [];

    /// <summary>Its clock as it answered.</summary>
    public UnixTime Clock { get; init; }

    /// <summary>The clock here at that moment.</summary>
    public UnixTime AskedAt { get; init; }
}
