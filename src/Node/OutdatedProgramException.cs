using LicenceChain.Node.Standings;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node;

/// <summary>The chain has upgraded to a version of the protocol that this program does not know. The node stops before it builds, votes or applies under it.</summary>
public sealed class OutdatedProgramException : NodeFaultException
{
    /// <summary>Before <paramref name="height"/>, which is decided under <paramref name="version"/>.</summary>
    public OutdatedProgramException(Height height, uint version, ProtocolVersions supported)
        : base($"Height {height} is decided under protocol version {version}; this program supports version {supported}. Install a program that supports version {version} and start the node again: it goes on where it stands, and nothing is lost.")
    {
        Reason = StandingCodes.Outdated;
    }
}
