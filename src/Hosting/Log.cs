using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting;

/// <summary>Every log line of this room. Event ids 1000–1099; never a key, a token or personal data.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "The handler of {Path} failed.")]
    public static partial void GrpcHandlerFailed(ILogger logger, string path, Exception exception);
}
