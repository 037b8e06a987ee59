namespace LicenceChain.Protocol;

/// <summary>Versions of the protocol that a program can decide and execute under. The chain says which is in force at a height (UpgradeRecord).</summary>
/// <param name="Lowest">The lowest; not below <see cref="First"/>.</param>
/// <param name="Highest">The highest; not below <paramref name="Lowest"/>.</param>
public sealed record ProtocolVersions(uint Lowest, uint Highest)
{
    /// <summary>The version of a chain that never upgraded.</summary>
    public const uint First = 1;

    // The build property HighestProtocolVersion=1 makes the program that an upgrade to version 2 finds in place; nothing at run time can (ADR 0020).
#if HIGHEST_PROTOCOL_VERSION_1
    private const uint Latest = 1;
#else
    private const uint Latest = 2;
#endif

    /// <summary>What this program supports. A change of what a transaction does, or of what is signed or hashed, is a new version; the old ones stay, for replay.</summary>
    public static ProtocolVersions Supported { get; } = new(First, Latest);

    /// <summary>True when the program can execute <paramref name="version"/>.</summary>
    public bool Includes(uint version) => version >= Lowest && version <= Highest;

    /// <summary>For messages: one number, or two with "to" between.</summary>
    public override string ToString() => Lowest == Highest ? $"{Lowest}" : $"{Lowest} to {Highest}";
}
