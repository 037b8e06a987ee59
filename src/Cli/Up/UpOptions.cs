using LicenceChain.Protocol;

namespace LicenceChain.Cli.Up;

/// <summary>What <c>up</c> was asked to do.</summary>
/// <param name="Samples">Samples folder.</param>
/// <param name="Directory">Network directory.</param>
/// <param name="Fresh">Delete the network directory first.</param>
/// <param name="Exit">Stop after the report instead of serving.</param>
/// <param name="BasePort">First of ten ports a region; 1024 to 64000; for a network that is to be made.</param>
/// <param name="IsBasePortGiven">True when the port was asked for, rather than the usual one.</param>
internal sealed record UpOptions(string Samples, string Directory, bool Fresh, bool Exit, int BasePort, bool IsBasePortGiven = false)
{
    /// <summary>Version of the protocol in force from height 1 on, of a network that is to be made.</summary>
    public uint ProtocolVersion { get; init; } = ProtocolVersions.Supported.Highest;
}
