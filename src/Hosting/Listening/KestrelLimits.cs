using LicenceChain.Hosting.Grpc;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LicenceChain.Hosting.Listening;

/// <summary>The server limits that both services share.</summary>
public static class KestrelLimits
{
    /// <summary>Connections at once, REST and gRPC together. A national-size verifier scales out instead.</summary>
    public const int MaxConnections = 4096;

    /// <summary>Bytes of a REST request body: one gRPC message's worth.</summary>
    public const long MaxRequestBodyBytes = GrpcLimits.MaxMessageBytes;

    /// <summary>HTTP/2 windows, streams and pings as gRPC needs them (pitfall 9), and bounds on what a stranger may open.</summary>
    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = MaxConnections;
        options.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        options.Limits.Http2.MaxStreamsPerConnection = GrpcLimits.MaxStreamsPerConnection;
        options.Limits.Http2.InitialStreamWindowSize = GrpcLimits.StreamWindowBytes;
        options.Limits.Http2.InitialConnectionWindowSize = GrpcLimits.ConnectionWindowBytes;
        options.Limits.Http2.KeepAlivePingDelay = GrpcLimits.KeepAlivePingDelay;
        options.Limits.Http2.KeepAlivePingTimeout = GrpcLimits.KeepAlivePingTimeout;
    }
}
