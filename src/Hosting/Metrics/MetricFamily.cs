using System.Collections.Concurrent;

namespace LicenceChain.Hosting.Metrics;

/// <summary>One metric told apart by label values. Label values come from code or from a bounded set, never from what a stranger sent.</summary>
/// <typeparam name="T"><see cref="Counter"/>, <see cref="Gauge"/> or <see cref="Histogram"/>.</typeparam>
public sealed class MetricFamily<T>
    where T : class
{
    /// <summary>Most label sets of one family. Beyond it everything counts under the label value <c>other</c>.</summary>
    public const int MaxSeries = 500;

    private const string Overflow = "other";

    private readonly ConcurrentDictionary<LabelSet, T> _series = new();
    private readonly Func<T> _create;
    private readonly string[] _labels;

    internal MetricFamily(IReadOnlyList<string> labels, Func<T> create)
    {
        _labels = [.. labels];
        _create = create;
    }

    internal IReadOnlyList<string> Labels => _labels;

    internal IEnumerable<(IReadOnlyList<string> Values, T Series)> Series =>
        _series.OrderBy(pair => string.Join('\0', pair.Key.Values), StringComparer.Ordinal).Select(pair => ((IReadOnlyList<string>)pair.Key.Values, pair.Value));

    /// <summary>The series with these label values, in the order of the label names; throws when their number differs.</summary>
    public T With(params IReadOnlyList<string> values)
    {
        if (values.Count != _labels.Length) throw new ArgumentException($"The metric has {_labels.Length} labels, not {values.Count}.", nameof(values));
        var key = new LabelSet([.. values]);
        if (_series.TryGetValue(key, out var series)) return series;
        // A race may pass the bound by the number of threads: it is there against growth, not to count exactly.
        if (_series.Count >= MaxSeries) key = new LabelSet([.. _labels.Select(_ => Overflow)]);
        return _series.GetOrAdd(key, _ => _create());
    }

    private readonly record struct LabelSet(string[] Values)
    {
        public bool Equals(LabelSet other) => Values.AsSpan().SequenceEqual(other.Values);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var value in Values) hash.Add(value, StringComparer.Ordinal);
            return hash.ToHashCode();
        }
    }
}
