namespace LicenceChain.Node.Network;

/// <summary>A peer is not who it should be, or broke the protocol: its link is closed. The reason is a stable word.</summary>
internal sealed class LinkRefusedException(string reason) : Exception(reason);
