using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting;

/// <summary>Every log line of this room. Event ids 1000–1099; never a key, a token or personal data.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "The gRPC handler of {Path} failed.")]
    public static partial void GrpcHandlerFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(1001, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "The access log {Origin} lost its last {Bytes} bytes, written without being flushed before a stop: nobody was told of them.")]
    public static partial void AccessLogTailDropped(ILogger logger, string origin, long bytes);
}
