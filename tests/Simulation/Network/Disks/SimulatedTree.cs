using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>
/// The folders of a simulated disk. Folders made, moved or removed since the names of the one above were flushed may be undone by a crash, the last ones first; what is in a folder has
/// its own names and content to be flushed, wherever it is moved.
/// </summary>
internal sealed class SimulatedTree : IStorageTree
{
    private readonly SimulatedDisk _disk;
    private readonly SortedDictionary<string, SimulatedFolder> _folders = new(StringComparer.Ordinal);
    private readonly List<(string Above, Action Undo)> _unflushed = [];

    public SimulatedTree(SimulatedDisk disk)
    {
        _disk = disk;
        foreach (var path in (string[])["", "blocks"]) _folders.Add(path, new SimulatedFolder(disk, path));
    }

    /// <summary>Every folder.</summary>
    public IReadOnlyCollection<SimulatedFolder> Folders() => _folders.Values;

    /// <summary>A folder as it stands, for checks and faults: nothing happens on the disk.</summary>
    public SimulatedFolder At(string path) => _folders.TryGetValue(path, out var folder) ? folder : new SimulatedFolder(_disk, path);

    public string Describe(string path) => path.Length == 0 ? "data" : "data/" + path;

    public bool Holds(string path) => _folders.ContainsKey(path) || At(Above(path)).Exists(NameOf(path));

    public IReadOnlyList<string> Folders(string path) => [.. _folders.Keys.Where(one => one.Length > 0 && Above(one) == path).Select(NameOf)];

    public IStorageFolder Look(string path) => At(path);

    public IStorageFolder Make(string path)
    {
        if (_folders.TryGetValue(path, out var there)) return there;
        var made = Add(path);
        FlushNames(Above(path)); // as DiskFolder does, and not for those above
        return made;
    }

    public void Move(string from, string to)
    {
        _disk.Operate(DiskOperation.Name, 0);
        if (!_folders.ContainsKey(from))
        {
            MoveFile(At(Above(from)), NameOf(from), to);
            return;
        }

        var moved = Within(from);
        Change(Above(to), [.. moved.Select(one => (one, (SimulatedFolder?)null)), .. moved.Select(one => (to + one[from.Length..], (SimulatedFolder?)_folders[one]))]);
    }

    public void Delete(string path)
    {
        foreach (var one in Within(path).Reverse())
        {
            foreach (var name in _folders[one].Names("")) _folders[one].Delete(name);
            _disk.Operate(DiskOperation.Name, 0);
            Change(Above(one), (one, null));
        }
    }

    public void FlushNames(string path)
    {
        At(path).FlushNames();
        _unflushed.RemoveAll(change => change.Above == path);
    }

    /// <summary>The power goes.</summary>
    public void LosePower(SeededRandom random, bool tears)
    {
        var kept = random.Below(_unflushed.Count + 1);
        for (var i = _unflushed.Count - 1; i >= kept; i--)
            _unflushed[i].Undo();
        _unflushed.Clear();
        foreach (var folder in _folders.Values) folder.LosePower(random, tears);
    }

    /// <summary>Removes folders from outside, for good.</summary>
    public void Remove(string path)
    {
        foreach (var one in Within(path)) _folders.Remove(one);
        _unflushed.Clear();
    }

    /// <summary>Becomes a copy of another disk's.</summary>
    public void CopyFrom(SimulatedTree other)
    {
        _folders.Clear();
        _unflushed.Clear();
        foreach (var (path, folder) in other._folders)
        {
            var copy = new SimulatedFolder(_disk, path);
            copy.CopyFrom(folder);
            _folders.Add(path, copy);
        }
    }

    private SimulatedFolder Add(string path)
    {
        if (!_folders.ContainsKey(Above(path))) Add(Above(path));
        _disk.Operate(DiskOperation.Name, 0);
        var made = new SimulatedFolder(_disk, path);
        Change(Above(path), (path, made));
        return made;
    }

    private string[] Within(string path) => [.. _folders.Keys.Where(one => one == path || one.StartsWith(path + "/", StringComparison.Ordinal))];

    private void Change(string above, params (string Path, SimulatedFolder? Folder)[] changes)
    {
        var before = changes.Select(c => (c.Path, Folder: _folders.GetValueOrDefault(c.Path))).ToList();
        _unflushed.Add((above, () => { foreach (var (path, folder) in before) Set(path, folder); }));
        foreach (var (path, folder) in changes) Set(path, folder);
    }

    private void MoveFile(SimulatedFolder source, string name, string to)
    {
        var (target, newName) = (At(Above(to)), NameOf(to));
        var (file, before) = (source.Files[name], target.Files.GetValueOrDefault(newName));
        _unflushed.Add((Above(to), () =>
        {
            source.Put(name, file);
            target.Put(newName, before);
        }));
        source.Put(name, null);
        target.Put(newName, file);
    }

    private void Set(string path, SimulatedFolder? folder)
    {
        if (folder is null) _folders.Remove(path);
        else _folders[path] = folder;
    }

    private static string Above(string path) => path.LastIndexOf('/') is >= 0 and var at ? path[..at] : "";

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
