namespace LicenceChain.Cli.Up;

/// <summary>What stands where a network directory is to be.</summary>
internal enum DirectoryState
{
    Unspecified = 0,

    /// <summary>Nothing, or an empty folder.</summary>
    Absent,

    /// <summary>A network directory of ours.</summary>
    Ours,
}
