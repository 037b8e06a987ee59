using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier;

/// <summary>Every log line of this room. Event ids 4000–4099; never a key, a token, an attribute or a person's data.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "The Verifier of {Organisation} ({Region}) serves on {Address}.")]
    public static partial void Started(ILogger logger, string organisation, string region, string address);

    [LoggerMessage(4001, LogLevel.Warning, "The chain cannot be followed at present ({Code}).")]
    public static partial void ChainLost(ILogger logger, string code);

    [LoggerMessage(4002, LogLevel.Critical, "The chain forked: {Detail}")]
    public static partial void Forked(ILogger logger, string detail);

    [LoggerMessage(4003, LogLevel.Warning, "The chain's events cannot be followed at present ({Code}).")]
    public static partial void EventsLost(ILogger logger, string code);

    [LoggerMessage(4004, LogLevel.Warning, "The access log's checkpoint of {Size} entries was not anchored ({Code}).")]
    public static partial void NotAnchored(ILogger logger, ulong size, string code);

    [LoggerMessage(4005, LogLevel.Debug, "The access log's checkpoint of {Size} entries stands on chain.")]
    public static partial void Anchored(ILogger logger, ulong size);

    [LoggerMessage(4006, LogLevel.Warning, "The vault of region {Region} did not release ({Code}).")]
    public static partial void VaultRefused(ILogger logger, string region, string code);

    [LoggerMessage(4008, LogLevel.Critical, "The access log is not the one that the chain knows.")]
    public static partial void LogDamaged(ILogger logger, Exception exception);

    [LoggerMessage(4007, LogLevel.Error, "The access log cannot be written.")]
    public static partial void LogUnavailable(ILogger logger, Exception exception);
}
