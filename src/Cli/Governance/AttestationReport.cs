namespace LicenceChain.Cli.Governance;

/// <summary>What one member attested of a program (membership.attest), beside what the node that is asked has at that height.</summary>
internal sealed record AttestationReport
{
    /// <summary>Organisation code.</summary>
    public required string Member { get; init; }

    public required string Name { get; init; }

    /// <summary>It has a seat, so that its program decides blocks.</summary>
    public required bool Validator { get; init; }

    /// <summary>The program that executed the blocks; empty where the member attested nothing.</summary>
    public string Program { get; init; } = "";

    /// <summary>Highest version of the protocol that the program supports; 0 without an attestation.</summary>
    public uint HighestVersion { get; init; }

    public ulong FromHeight { get; init; }

    public ulong ToHeight { get; init; }

    /// <summary>State root after <see cref="ToHeight"/>, as the program came to it.</summary>
    public string StateRoot { get; init; } = "";

    /// <summary>Block that recorded it.</summary>
    public ulong Height { get; init; }

    /// <summary>equal: digest and root are those of the node's own header; differs; unknown: the node does not hold that block; none: nothing attested.</summary>
    public required string Comparison { get; init; }
}
