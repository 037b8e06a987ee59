using System.Globalization;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Cli.Network;

/// <summary>
/// Writes the services' log to one file, a line an entry, so that the terminal stays free for the report. A full file becomes <c>….1</c>, in place of the one before it: two files at most.
/// </summary>
internal sealed class FileLog : ILoggerProvider
{
    /// <summary>Bytes of one file: some 100,000 lines, days of a network that is left to run.</summary>
    public const long MaxBytes = 16L * 1024 * 1024;

    private readonly string _path;
    private readonly long _maxBytes;
    private readonly Lock _gate = new();
    private StreamWriter _file;

    /// <summary>Appends to <paramref name="path"/>; <paramref name="maxBytes"/>: of one file, exceeded by a line at most.</summary>
    public FileLog(string path, long maxBytes = MaxBytes)
    {
        (_path, _maxBytes) = (path, maxBytes);
        _file = Open(path);
    }

    /// <summary>Sends what the services say to this file. The file stays open until this object is disposed, however many factories use it.</summary>
    public void AddTo(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddProvider(new Shared(this));
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        lock (_gate)
        {
            if (_file.BaseStream.Length >= _maxBytes) Turn();
            _file.WriteLine(line);
        }
    }

    private void Turn()
    {
        _file.Dispose();
        File.Move(_path, _path + ".1", overwrite: true);
        _file = Open(_path);
    }

    private static StreamWriter Open(string path) => new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };

    private sealed class Shared(FileLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log.CreateLogger(categoryName);

        public void Dispose()
        {
            // The file is the owner's to close: each service's logger factory disposes its providers on its own.
        }
    }

    private sealed class Category(FileLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var time = DateTimeOffset.Now.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            log.Write($"{time} {logLevel} {name}[{eventId.Id}] {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        }
    }
}
