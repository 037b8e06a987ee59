using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Node.Network;

/// <summary>Bounds of a link.</summary>
internal static class LinkLimits
{
    /// <summary>Path of the stream.</summary>
    public const string Path = "/licencechain.v1.Link/Connect";

    /// <summary>Largest frame: one whole committed block for a peer that lags, with room for its framing.</summary>
    public const int MaxFrameBytes = CommittedBlock.MaxBytes + (64 * 1024);

    /// <summary>A frame gathers messages up to this many bytes; a larger single message goes alone.</summary>
    public const int FrameBytes = 1024 * 1024;

    /// <summary>Messages in a frame; a frame with more is refused.</summary>
    public const int FrameMessages = 1_024;

    /// <summary>Consensus, status and blocks that wait for a peer: beyond, the oldest goes; what matters is sent again.</summary>
    public const int QueueMessages = 512;

    /// <summary>Their bytes.</summary>
    public const long QueueBytes = 32L * 1024 * 1024;

    /// <summary>Gossip and chunks of snapshots that wait for a peer: beyond, the oldest goes.</summary>
    public const int GossipMessages = 64;

    /// <summary>How long a peer may take to prove who it is.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A link over which nothing came for so long is asked whether it lives, by either side.</summary>
    public static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(3);

    /// <summary>
    /// One that does not answer for so long is closed, and dialled anew: with <see cref="PingDelay"/> and the second by which both are looked at, a dead line is noticed
    /// within ten seconds. TCP by itself would send into it for a quarter of an hour.
    /// </summary>
    public static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(4);

    /// <summary>First pause before a link is tried again; doubles up to <see cref="MaxRedial"/>, with a random half on top.</summary>
    public static readonly TimeSpan MinRedial = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause before a link is tried again.</summary>
    public static readonly TimeSpan MaxRedial = TimeSpan.FromSeconds(5);
}
