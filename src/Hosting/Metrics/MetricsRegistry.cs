using System.Collections.Concurrent;

namespace LicenceChain.Hosting.Metrics;

/// <summary>All metrics of a process, written in the Prometheus text format. Register at start; a name taken twice throws.</summary>
public sealed class MetricsRegistry
{
    /// <summary>Most metrics of one process.</summary>
    public const int MaxMetrics = 500;

    private readonly ConcurrentDictionary<string, Action<PrometheusWriter>> _metrics = new(StringComparer.Ordinal);

    /// <summary>A counter without labels; by custom its name ends in <c>_total</c>.</summary>
    public Counter Counter(string name, string help) => CounterFamily(name, help).With();

    /// <summary>A counter with labels.</summary>
    public MetricFamily<Counter> CounterFamily(string name, string help, params string[] labels)
    {
        var family = new MetricFamily<Counter>(Checked(labels), () => new Counter());
        Add(name, writer => writer.Write(name, help, family));
        return family;
    }

    /// <summary>A gauge without labels.</summary>
    public Gauge Gauge(string name, string help) => GaugeFamily(name, help).With();

    /// <summary>A gauge with labels.</summary>
    public MetricFamily<Gauge> GaugeFamily(string name, string help, params string[] labels)
    {
        var family = new MetricFamily<Gauge>(Checked(labels), () => new Gauge());
        Add(name, writer => writer.Write(name, help, family));
        return family;
    }

    /// <summary>A gauge that is read when somebody asks; <paramref name="value"/> is quick, thread-safe and does not throw.</summary>
    public void GaugeFrom(string name, string help, Func<double> value) => Add(name, writer => writer.Write(name, help, value));

    /// <summary>A histogram without labels; bounds increase, at most <see cref="Metrics.Histogram.MaxBounds"/>.</summary>
    public Histogram Histogram(string name, string help, IReadOnlyList<double> bounds) => HistogramFamily(name, help, bounds).With();

    /// <summary>A histogram with labels.</summary>
    public MetricFamily<Histogram> HistogramFamily(string name, string help, IReadOnlyList<double> bounds, params string[] labels)
    {
        var family = new MetricFamily<Histogram>(Checked(labels), () => new Histogram(bounds));
        Add(name, writer => writer.Write(name, help, family));
        return family;
    }

    /// <summary>The text that <c>/metrics</c> serves, metrics in order of name.</summary>
    public string Render()
    {
        var writer = new PrometheusWriter();
        foreach (var (_, write) in _metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal)) write(writer);
        return writer.ToString();
    }

    private void Add(string name, Action<PrometheusWriter> write)
    {
        if (!IsName(name)) throw new ArgumentException($"'{name}' is not a metric name: letters, digits and underscores, no digit first.", nameof(name));
        if (_metrics.Count >= MaxMetrics) throw new InvalidOperationException($"More than {MaxMetrics} metrics: one is made in a loop.");
        if (!_metrics.TryAdd(name, write)) throw new ArgumentException($"The metric '{name}' is registered twice.", nameof(name));
    }

    private static string[] Checked(string[] labels)
    {
        foreach (var label in labels)
        {
            if (!IsName(label) || label is "le" or "quantile") throw new ArgumentException($"'{label}' is not a label name that may be used.", nameof(labels));
        }

        return labels;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 128 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
