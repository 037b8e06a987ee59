using System.Diagnostics;
using System.Globalization;

namespace LicenceChain.Load.Network;

/// <summary>One validator as its operator runs it: a process of its own, its output in a file.</summary>
internal sealed class ValidatorProcess : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly string _configuration;
    private readonly string _log;
    private Process _process;

    private ValidatorProcess(string configuration, string log)
    {
        _configuration = configuration;
        _log = log;
        _process = Launch();
    }

    /// <summary>Where its blocks, state and logs are.</summary>
    public string DataFolder => Path.Combine(Path.GetDirectoryName(_configuration)!, "data");

    /// <summary>CPU time of all its threads so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of its files now.</summary>
    public long DiskBytes => Directory.EnumerateFiles(DataFolder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            using var reader = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    public static ValidatorProcess Start(string configuration, string log) => new(configuration, log);

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, and waits; its exit code.</summary>
    public int Stop()
    {
        using (var signal = Process.Start("/bin/sh", ["-c", "kill -TERM $0", _process.Id.ToString(CultureInfo.InvariantCulture)])) signal.WaitForExit();
        if (!_process.WaitForExit(StopLimit)) Kill();
        return _process.ExitCode;
    }

    /// <summary>Starts it again over the same files.</summary>
    public void Restart()
    {
        if (!_process.HasExited) throw new InvalidOperationException("The process still runs.");
        _process.Dispose();
        _process = Launch();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private Process Launch()
    {
        // The shell writes the log: a pipe of ours would end with us, and stall the validator when we are slow.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$0\" node run --config \"$1\" >> \"$2\" 2>&1", Path.Combine(AppContext.BaseDirectory, "licencechain.dll"), _configuration, _log]);
        return Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
    }
}
