using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>
/// Carries packets between hosts on one thread: each is taken from its sender's device, kept for as long as its way says, and given to the device of the host that it is
/// addressed to. All memory is there from the start; what does not fit is lost, as anywhere on the way.
/// </summary>
internal sealed class PacketSwitch : IDisposable
{
    // Under way at once: 25 MB. Seven validators under load have some thousands.
    private const int Slots = 16_384;
    private const int SlotBytes = 1_536; // above the devices' 1,500
    private const int Spare = Slots - 1; // where packets go for which there is no room
    private const int Batch = 64;
    private const int LongestWaitMs = 100;
    private const int IpHeader = 20;

    private readonly Lock _lock = new();
    private readonly byte[] _memory = new byte[Slots * SlotBytes];
    private readonly Stack<int> _free = new(Enumerable.Range(0, Spare));
    private readonly PriorityQueue<Packet, (long Due, long Number)> _underWay = new(Slots);
    private readonly int[] _portOf = new int[256];
    private readonly IReadOnlyList<TunDevice> _ports;
    private readonly PacketPath[,] _paths;
    private readonly Libc.PollEntry[] _polled;
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private long _number;

    /// <summary>Begins to carry.</summary>
    /// <param name="ports">The hosts' devices.</param>
    /// <param name="lastBytes">For each, the last byte of its address: hosts are told apart by it alone.</param>
    /// <param name="paths">From port to port; changed under <see cref="Change"/> only.</param>
    public PacketSwitch(IReadOnlyList<TunDevice> ports, IReadOnlyList<byte> lastBytes, PacketPath[,] paths)
    {
        (_ports, _paths) = (ports, paths);
        _polled = [.. ports.Select(port => new Libc.PollEntry { File = port.Descriptor, Wanted = Libc.Readable })];
        Array.Fill(_portOf, -1);
        for (var port = 0; port < ports.Count; port++) _portOf[lastBytes[port]] = port;
        _thread = new Thread(Run) { IsBackground = true, Name = "packet switch" };
        _thread.Start();
    }

    /// <summary>Packets that arrived.</summary>
    public long Carried { get; private set; }

    /// <summary>Packets for which there was no memory, or that the host did not take.</summary>
    public long Dropped { get; private set; }

    /// <summary>Changes ways, between two packets.</summary>
    public void Change(Action change)
    {
        lock (_lock) change();
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            var ready = Libc.Poll(_polled, (nuint)_polled.Length, WaitMs()); // below zero when a signal came: nothing is known then
            lock (_lock)
            {
                for (var port = 0; ready > 0 && port < _polled.Length; port++)
                    if ((_polled[port].Got & Libc.Readable) != 0)
                        TakeFrom(port);
                GiveDue();
            }
        }
    }

    private int WaitMs()
    {
        if (!_underWay.TryPeek(out _, out var next)) return LongestWaitMs;
        var ticks = next.Due - Stopwatch.GetTimestamp();
        return ticks <= 0 ? 0 : (int)long.Min(LongestWaitMs, (ticks * 1_000 / Stopwatch.Frequency) + 1);
    }

    private void TakeFrom(int port)
    {
        for (var i = 0; i < Batch; i++)
        {
            if (!_free.TryPop(out var slot)) slot = Spare;
            var length = _ports[port].Read(At(slot, SlotBytes));
            if (length > 0 && slot != Spare)
            {
                Send(port, slot, length);
                continue;
            }

            if (slot != Spare) _free.Push(slot);
            if (length == 0) return;
            Dropped++;
        }
    }

    private void Send(int from, int slot, int length)
    {
        var packet = At(slot, length);
        // IPv4 only: what a kernel says on its own over IPv6 is nobody's business here.
        var to = length >= IpHeader && packet[0] >> 4 == 4 ? _portOf[packet[19]] : -1;
        if (to < 0 || to == from)
        {
            _free.Push(slot);
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (_paths[from, to].ResetsUntil > now && TcpReset.IsOfConnection(packet))
        {
            Span<byte> original = stackalloc byte[length];
            packet.CopyTo(original);
            if (TcpReset.IsDial(original))
            {
                TcpReset.Refuse(original, At(slot, TcpReset.Bytes));
                (from, to) = (to, from);
            }
            else
            {
                TcpReset.Replace(original, At(slot, TcpReset.Bytes));
            }

            length = TcpReset.Bytes;
        }

        Carry(_paths[from, to], to, slot, length, now);
    }

    private void Carry(PacketPath path, int to, int slot, int length, long now)
    {
        if (!path.TryCarry(length, now, out var due, out var isTwice))
        {
            _free.Push(slot);
            return;
        }

        if (isTwice && _free.TryPop(out var copy))
        {
            At(slot, length).CopyTo(At(copy, length));
            _underWay.Enqueue(new Packet(copy, length, to), (due, _number++));
        }

        _underWay.Enqueue(new Packet(slot, length, to), (due, _number++));
    }

    private void GiveDue()
    {
        while (_underWay.TryPeek(out var packet, out var next) && next.Due <= Stopwatch.GetTimestamp())
        {
            _underWay.Dequeue();
            if (_ports[packet.To].Write(At(packet.Slot, packet.Length))) Carried++;
            else Dropped++;
            _free.Push(packet.Slot);
        }
    }

    private Span<byte> At(int slot, int length) => _memory.AsSpan(slot * SlotBytes, length);

    private readonly record struct Packet(int Slot, int Length, int To);
}
