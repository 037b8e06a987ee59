namespace LicenceChain.Cli.Why;

/// <summary>One validator in the report.</summary>
internal sealed record SeatReport
{
    /// <summary>Organisation code.</summary>
    public required string Member { get; init; }

    /// <summary>For people: the region's name where it is known, else the member.</summary>
    public required string Name { get; init; }

    /// <summary>Key id, 64 hexadecimal digits.</summary>
    public required string Key { get; init; }

    /// <summary>Whether it votes.</summary>
    public required SeatState State { get; init; }

    /// <summary>How asking it went; unspecified when its address is not known.</summary>
    public Reach Reach { get; init; }

    /// <summary>Height of its head; null when it never said.</summary>
    public ulong? Height { get; init; }

    /// <summary>Round of the height above.</summary>
    public uint Round { get; init; }

    /// <summary>Why it does not vote, a code; empty when it does or nobody knows.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The reason in the node's words.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What it waits for, in English and Chinese.</summary>
    public string Waits { get; init; } = "";

    /// <summary>Seconds since it said so; 0 for its own answer just now.</summary>
    public ulong AgeSeconds { get; init; }
}
