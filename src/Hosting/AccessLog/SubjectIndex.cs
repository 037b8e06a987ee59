using LicenceChain.Protocol.Proto;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>Which entries speak of a licence, a grant or a requester. Made again from the records at each start. Safe from any thread.</summary>
internal sealed class SubjectIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<int>> _licences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _grants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _requesters = new(StringComparer.Ordinal);

    /// <summary>Adds one entry; entries come in order of index, which <see cref="AccessLogStore.MaxRecords"/> bounds.</summary>
    public void Add(ulong index, AccessRecord record)
    {
        lock (_gate)
        {
            Add(_licences, record.LicenceId, index);
            if (!record.GrantId.IsEmpty) Add(_grants, Convert.ToHexStringLower(record.GrantId.Span), index);
            Add(_requesters, record.Requester, index);
        }
    }

    public IReadOnlyList<ulong> Licence(string id, ulong from, int limit) => Find(_licences, id, from, limit);

    public IReadOnlyList<ulong> Grant(string hex, ulong from, int limit) => Find(_grants, hex, from, limit);

    public IReadOnlyList<ulong> Requester(string code, ulong from, int limit) => Find(_requesters, code, from, limit);

    private static void Add(Dictionary<string, List<int>> map, string key, ulong index)
    {
        if (key.Length == 0) return;
        if (!map.TryGetValue(key, out var entries)) map.Add(key, entries = new List<int>(1));
        entries.Add((int)index);
    }

    private ulong[] Find(Dictionary<string, List<int>> map, string key, ulong from, int limit)
    {
        lock (_gate)
        {
            if (!map.TryGetValue(key, out var entries) || from > int.MaxValue) return [];
            var at = entries.BinarySearch((int)from);
            return [.. entries.Skip(at >= 0 ? at : ~at).Take(limit).Select(index => (ulong)index)];
        }
    }
}
