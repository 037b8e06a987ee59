using LicenceChain.Hosting.Metrics;

namespace LicenceChain.Hosting.Tests.Metrics;

public sealed class MetricsTests
{
    private readonly MetricsRegistry _registry = new();

    [Fact]
    public void Counter_gauge_and_histogram_render_in_the_prometheus_format()
    {
        _registry.Counter("b_total", "Counts\nthings.").Add(3);
        _registry.Gauge("a", "A gauge.").Set(-1.5);
        var histogram = _registry.Histogram("c_seconds", "Times.", [0.1, 1]);
        histogram.Observe(0.1);
        histogram.Observe(0.5);
        histogram.Observe(7);
        _registry.GaugeFrom("d", "Read on demand.", () => 4);
        Assert.Equal(
            """
            # HELP a A gauge.
            # TYPE a gauge
            a -1.5
            # HELP b_total Counts\nthings.
            # TYPE b_total counter
            b_total 3
            # HELP c_seconds Times.
            # TYPE c_seconds histogram
            c_seconds_bucket{le="0.1"} 1
            c_seconds_bucket{le="1"} 2
            c_seconds_bucket{le="+Inf"} 3
            c_seconds_sum 7.6
            c_seconds_count 3
            # HELP d Read on demand.
            # TYPE d gauge
            d 4

            """,
            _registry.Render());
    }

    [Fact]
    public void Label_values_are_escaped()
    {
        _registry.CounterFamily("x_total", "X.", "name").With("a\"b\\c\nd").Increment();
        Assert.Contains("x_total{name=\"a\\\"b\\\\c\\nd\"} 1\n", _registry.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Label_sets_are_bounded_and_the_rest_counts_as_other()
    {
        var family = _registry.CounterFamily("x_total", "X.", "name");
        for (var i = 0; i < MetricFamily<Counter>.MaxSeries + 50; i++) family.With("n" + i).Increment();
        Assert.Equal(50, family.With("other").Value);
        Assert.Contains("x_total{name=\"other\"} 50\n", _registry.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_taken_twice_and_name_that_is_none_are_bugs()
    {
        _registry.Counter("x_total", "X.");
        Assert.Throws<ArgumentException>(() => _registry.Gauge("x_total", "X."));
        Assert.Throws<ArgumentException>(() => _registry.Gauge("1x", "X."));
        Assert.Throws<ArgumentException>(() => _registry.CounterFamily("y", "Y.", "le"));
    }
}
