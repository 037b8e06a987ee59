using System.Globalization;
using System.Text;

namespace LicenceChain.Hosting.Metrics;

/// <summary>The Prometheus text exposition format, version 0.0.4.</summary>
internal sealed class PrometheusWriter
{
    private readonly StringBuilder _text = new();

    public void Write(string name, string help, MetricFamily<Counter> family)
    {
        Head(name, help, "counter");
        foreach (var (values, counter) in family.Series) Sample(name, family.Labels, values, null, counter.Value);
    }

    public void Write(string name, string help, MetricFamily<Gauge> family)
    {
        Head(name, help, "gauge");
        foreach (var (values, gauge) in family.Series) Sample(name, family.Labels, values, null, gauge.Value);
    }

    public void Write(string name, string help, Func<double> value)
    {
        Head(name, help, "gauge");
        Sample(name, [], [], null, value());
    }

    public void Write(string name, string help, MetricFamily<Histogram> family)
    {
        Head(name, help, "histogram");
        foreach (var (values, histogram) in family.Series)
        {
            var total = 0L;
            for (var i = 0; i <= histogram.Bounds.Count; i++)
            {
                total += histogram.CountAt(i);
                var bound = i < histogram.Bounds.Count ? Number(histogram.Bounds[i]) : "+Inf";
                Sample(name + "_bucket", family.Labels, values, bound, total);
            }

            Sample(name + "_sum", family.Labels, values, null, histogram.Sum);
            Sample(name + "_count", family.Labels, values, null, total);
        }
    }

    public override string ToString() => _text.ToString();

    private void Head(string name, string help, string type)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    private void Sample(string name, IReadOnlyList<string> labels, IReadOnlyList<string> values, string? bound, double value)
    {
        _text.Append(name);
        if (labels.Count > 0 || bound is not null)
        {
            _text.Append('{');
            for (var i = 0; i < labels.Count; i++) Label(labels[i], values[i], i == 0);
            if (bound is not null) Label("le", bound, labels.Count == 0);
            _text.Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private void Label(string name, string value, bool first)
    {
        if (!first) _text.Append(',');
        _text.Append(name).Append("=\"").Append(Escape(value, quotes: true)).Append('"');
    }

    private static string Escape(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
