using System.Globalization;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Cli.Network;

/// <summary>Writes the services' log to one file, a line an entry, so that the terminal stays free for the report.</summary>
internal sealed class FileLog : ILoggerProvider
{
    private readonly StreamWriter _file;
    private readonly Lock _gate = new();

    public FileLog(string path) => _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };

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
        lock (_gate) _file.WriteLine(line);
    }

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
