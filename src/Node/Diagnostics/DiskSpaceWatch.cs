using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Diagnostics;

/// <summary>Says once when the disk of the data runs low, and once when there is room again: a node that cannot write stops.</summary>
internal sealed class DiskSpaceWatch : IDisposable
{
    /// <summary>Bytes below which it warns: at 1,500 transactions a second some twenty minutes of blocks and rows.</summary>
    public const long LowBytes = 1024L * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private bool _isLow;

    public DiskSpaceWatch(string directory, TimeProvider clock, ILogger logger)
    {
        _directory = directory;
        _logger = logger;
        _timer = clock.CreateTimer(_ => Look(), null, TimeSpan.Zero, Interval);
    }

    /// <summary>Bytes that may still be written to the disk of a folder.</summary>
    public static long FreeBytes(string directory)
    {
        var path = Path.GetFullPath(directory);
        return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : path).AvailableFreeSpace;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // Twice the bound ends the warning, so that a disk at the bound does not fill the log.
    private void Look()
    {
        try
        {
            var free = FreeBytes(_directory);
            if (free < LowBytes && !_isLow) Log.DiskLow(_logger, _directory, free);
            if (free >= 2 * LowBytes && _isLow) Log.DiskHasRoom(_logger, _directory, free);
            _isLow = free < LowBytes || (_isLow && free < 2 * LowBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.DiskUnknown(_logger, _directory, e.Message);
        }
    }
}
