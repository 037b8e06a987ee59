namespace LicenceChain.Hosting.Grpc;

/// <summary>Bounds of every gRPC call. Where a number comes from stands with it.</summary>
public static class GrpcLimits
{
    /// <summary>Bytes of one message, before framing and after gunzip: 4 MiB, the default of every gRPC implementation, and above the largest block.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>Streams on one connection. Kestrel's 100 starves a busy client; 1,000 held 60,000 calls a second when measured.</summary>
    public const int MaxStreamsPerConnection = 1000;

    /// <summary>HTTP/2 flow-control window of one stream: 1 MiB.</summary>
    public const int StreamWindowBytes = 1024 * 1024;

    /// <summary>HTTP/2 flow-control window of one connection: 4 MiB.</summary>
    public const int ConnectionWindowBytes = 4 * 1024 * 1024;

    /// <summary>UTF-8 bytes of a status message that travel; what is longer is cut, so that trailers stay within a peer's header limit.</summary>
    public const int MaxStatusMessageBytes = 1024;

    /// <summary>The longest deadline a call may ask for; a longer one is clamped: 24 hours.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(24);

    /// <summary>An idle connection is pinged this often, on either side.</summary>
    public static readonly TimeSpan KeepAlivePingDelay = TimeSpan.FromSeconds(15);

    /// <summary>A connection that leaves a ping unanswered this long is closed.</summary>
    public static readonly TimeSpan KeepAlivePingTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of the 5-byte frame header: one flag and a big-endian length.</summary>
    internal const int FrameHeaderBytes = 5;

    /// <summary>A buffer that grew beyond this for one large message is given back afterwards.</summary>
    internal const int KeptBufferBytes = 256 * 1024;
}
