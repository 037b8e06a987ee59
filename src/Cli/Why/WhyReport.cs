namespace LicenceChain.Cli.Why;

/// <summary>What <c>why</c> found.</summary>
internal sealed record WhyReport
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when enough validators vote and no round fails.</summary>
    public required bool Live { get; init; }

    /// <summary>Highest head that anybody spoke of.</summary>
    public required ulong Height { get; init; }

    /// <summary>Validators that vote.</summary>
    public required int Voting { get; init; }

    /// <summary>Validators needed.</summary>
    public required int Quorum { get; init; }

    /// <summary>Every validator, in the order of their seats.</summary>
    public required IReadOnlyList<SeatReport> Validators { get; init; }

    /// <summary>Nodes without a seat that answered.</summary>
    public required IReadOnlyList<SeatReport> Observers { get; init; }

    /// <summary>What is in the way; empty when all is well.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>What limits this report, for example an anchor that nobody vouched for.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
