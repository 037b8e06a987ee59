using System.Diagnostics;
using System.Globalization;

namespace LicenceChain.Load.Network;

/// <summary>One validator as its operator runs it: a process of its own, its output in a file. It ends with this process, whatever ends that.</summary>
internal sealed class ValidatorProcess : IDisposable
{
    // The shell writes the log: a pipe of ours would end with us, and stall the validator when we are slow. The pipe that it reads only tells it that we ended.
    private const string Frame = "exec 3<&0 </dev/null >> \"$2\" 2>&1; ( read end <&3; kill -9 $$ ) 2>/dev/null & exec 3<&-; ";

    // A little more than the command line gives its services to stop in order.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly string _configuration;
    private readonly string _log;
    private Process? _process;

    /// <summary>Of a node that <see cref="Start"/> starts.</summary>
    /// <param name="configuration">Its node.json.</param>
    /// <param name="log">File that what it prints is appended to.</param>
    public ValidatorProcess(string configuration, string log)
    {
        _configuration = configuration;
        _log = log;
    }

    /// <summary>What comes before the program to run it on another host, in words; empty: this one.</summary>
    public string Host { get; set; } = "";

    /// <summary>What the shell makes of itself: $0 is licencechain.dll, $1 node.json, and $3 goes before the program.</summary>
    public string Script { get; set; } = "exec $3 dotnet \"$0\" node run --config \"$1\"";

    /// <summary>The program's licencechain.dll; what the next <see cref="Start"/> runs.</summary>
    public string Program { get; set; } = Path.Combine(AppContext.BaseDirectory, "licencechain.dll");

    /// <summary>Its node.json.</summary>
    public string Configuration => _configuration;

    /// <summary>Where its blocks, state and logs are.</summary>
    public string DataFolder => Path.Combine(Path.GetDirectoryName(_configuration)!, "data");

    /// <summary>True between <see cref="Start"/> and its end.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>CPU time of all its threads so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            Current.Refresh();
            return Current.TotalProcessorTime;
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

    private Process Current => _process ?? throw new InvalidOperationException("The process was never started.");

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public void Kill()
    {
        Current.Kill();
        Current.WaitForExit();
    }

    /// <summary>SIGTERM, and waits; its exit code.</summary>
    public int Stop()
    {
        Signal("TERM");
        if (!Current.WaitForExit(StopLimit)) Kill();
        return Current.ExitCode;
    }

    /// <summary>SIGSTOP: it keeps its memory and its connections, and answers nothing.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Resume() => Signal("CONT");

    /// <summary>Waits until it ends by itself; its exit code.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await Current.WaitForExitAsync(cancellationToken);
        return Current.ExitCode;
    }

    /// <summary>Starts it; after an end, again over the same files.</summary>
    public void Start()
    {
        if (IsRunning) throw new InvalidOperationException("The process still runs.");
        End();
        var start = new ProcessStartInfo("/bin/sh", ["-c", Frame + Script, Program, _configuration, _log, Host])
        {
            RedirectStandardInput = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
    }

    public void Dispose()
    {
        if (IsRunning) Kill();
        End();
    }

    private void Signal(string name)
    {
        using var signal = Process.Start("/bin/sh", ["-c", $"kill -{name} $0", Current.Id.ToString(CultureInfo.InvariantCulture)]);
        signal.WaitForExit();
    }

    private void End()
    {
        _process?.StandardInput.Dispose();
        _process?.Dispose();
        _process = null;
    }
}
