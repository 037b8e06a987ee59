using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>Rows that a join builds. A file stands for them, that is written last; where it is moved to a node's place, they are the machine's rows from the next start on.</summary>
internal sealed class SimulatedStateLoader : IStateLoader
{
    private readonly SimulatedMachine _machine;
    private readonly string _path;
    private readonly List<StateWrite> _rows = [];
    private readonly List<(Height Height, IReadOnlyList<TransactionId> Transactions)> _blocks = [];
    private readonly List<SetChange> _sets = [];

    public SimulatedStateLoader(SimulatedMachine machine, string path)
    {
        (_machine, _path) = (machine, path);
        _machine.BuiltRows.Clear();
    }

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _rows.Add(new StateWrite(StateKey.From(key), value.ToArray()));

    public void Add(Height height, IReadOnlyList<TransactionId> transactions) => _blocks.Add((height, transactions));

    public void Add(SetChange change) => _sets.Add(change);

    public void Complete(StateMark mark)
    {
        _machine.BuiltRows.Become(mark, _rows, _blocks, _sets);
        var at = _path.LastIndexOf('/');
        using var file = ((IStorageTree)_machine.Disk.Tree).Make(_path[..at]).Open(_path[(at + 1)..]);
        file.Write("rows"u8, 0);
        file.Flush();
    }

    public void Dispose()
    {
    }
}
