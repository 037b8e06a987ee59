using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>A folder of the simulated disk. Names made, moved or removed since the last <see cref="FlushNames"/> may be undone by a crash, the last ones first.</summary>
internal sealed class SimulatedFolder(SimulatedDisk disk, string path) : IStorageFolder
{
    private readonly SortedDictionary<string, SimulatedFile> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, SimulatedFile? Before)[]> _unflushed = [];

    /// <summary>Every file, by name.</summary>
    public IReadOnlyDictionary<string, SimulatedFile> Files => _files;

    public string Describe(string name) => "data/" + path + "/" + name;

    public IReadOnlyList<string> Names(string suffix) => [.. _files.Keys.Where(name => name.EndsWith(suffix, StringComparison.Ordinal))];

    public bool Exists(string name) => _files.ContainsKey(name);

    public IStorageFile Open(string name)
    {
        disk.Operate(DiskOperation.Name, 0);
        if (!_files.TryGetValue(name, out var file))
        {
            file = new SimulatedFile();
            Change((name, file));
        }

        return new Handle(disk, file);
    }

    public void Move(string from, string to)
    {
        disk.Operate(DiskOperation.Name, 0);
        Change((from, null), (to, _files[from]));
    }

    public void Delete(string name)
    {
        disk.Operate(DiskOperation.Name, 0);
        if (_files.ContainsKey(name)) Change((name, null));
    }

    public void FlushNames()
    {
        disk.Operate(DiskOperation.Flush, 0);
        _unflushed.Clear();
    }

    /// <summary>The power goes. A journal keeps names in order, so that some first ones are kept and the rest undone.</summary>
    public void LosePower(SeededRandom random, bool tears)
    {
        var kept = random.Below(_unflushed.Count + 1);
        for (var i = _unflushed.Count - 1; i >= kept; i--)
            foreach (var (name, before) in _unflushed[i])
                Put(name, before);
        _unflushed.Clear();
        foreach (var file in _files.Values) file.LosePower(random, tears);
    }

    /// <summary>Removes files from outside, for good: an operator's hand, or a fault.</summary>
    public void Remove(Func<string, bool> which)
    {
        foreach (var name in _files.Keys.Where(which).ToList()) _files.Remove(name);
        _unflushed.Clear();
    }

    /// <summary>Nobody asks for any of it any more.</summary>
    public void Release()
    {
        foreach (var file in _files.Values) file.Release();
        _files.Clear();
    }

    /// <summary>Takes another folder's files, as a copy of its disk.</summary>
    public void CopyFrom(SimulatedFolder other)
    {
        Remove(_ => true);
        foreach (var (name, file) in other._files) _files[name] = file.Copy();
    }

    /// <summary>Gives a name to a file, or takes it away, without anything of it to be undone.</summary>
    public void Put(string name, SimulatedFile? file)
    {
        if (file is null) _files.Remove(name);
        else _files[name] = file;
    }

    private void Change(params (string Name, SimulatedFile? File)[] changes)
    {
        _unflushed.Add([.. changes.Select(c => (c.Name, _files.GetValueOrDefault(c.Name)))]);
        foreach (var (name, file) in changes) Put(name, file);
    }

    private sealed class Handle(SimulatedDisk disk, SimulatedFile file) : IStorageFile
    {
        private readonly int _life = disk.Life;

        public long Length => file.Length;

        public int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            ThrowIfStale();
            var denied = disk.Operate(DiskOperation.Write, offset + bytes.Length - file.Length);
            file.Write(bytes[..^denied], offset);
            if (denied > 0) throw new IOException("No space left on the simulated disk.");
            disk.Done();
        }

        public void SetLength(long length)
        {
            ThrowIfStale();
            disk.Operate(DiskOperation.Write, 0);
            file.SetLength(length);
            disk.Done();
        }

        public void Flush()
        {
            ThrowIfStale();
            disk.Operate(DiskOperation.Flush, 0);
            if (!disk.Temper.Lies) file.Flush();
            disk.Done();
        }

        public void Dispose()
        {
        }

        private void ThrowIfStale()
        {
            if (_life != disk.Life) throw new InvalidOperationException("A node of a former life writes to the disk.");
        }
    }
}
