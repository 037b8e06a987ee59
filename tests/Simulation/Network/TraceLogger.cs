using Microsoft.Extensions.Logging;

namespace LicenceChain.Simulation.Network;

/// <summary>A node's own log lines, into the trace.</summary>
internal sealed class TraceLogger(SimulatedNetwork network, int machine) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => network.Trace.IsWritten;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        network.Trace.Line(machine, $"log: {formatter(state, exception)}");
}
