using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// What happened, in order. Every note goes into a running SM3 hash: two runs with the same hash did the same. Lines for a reader are written on top when
/// somebody asked for them, up to a bound; the last ones are kept for a failure's report.
/// </summary>
internal sealed class Trace(SimulatedTime time, TextWriter? writer)
{
    /// <summary>Lines written at most: some hundred megabytes of text.</summary>
    public const long MaxLines = 1_000_000;

    // Machine, kind, and three numbers of at most ten bytes.
    private const int MaxNoteSize = 1 + 1 + (3 * 10);
    private const int BufferSize = 8_192;

    private readonly Sm3Hasher _hasher = new();
    private readonly byte[] _buffer = new byte[BufferSize];
    private ulong _notedAtUs;
    private int _used;
    private long _lines;

    /// <summary>True while lines are wanted: they cost more than the simulation itself.</summary>
    public bool IsWritten => writer is not null && _lines < MaxLines;

    /// <summary>Notes something for the hash.</summary>
    public void Note(int machine, TraceKind kind, ulong first = 0, ulong second = 0)
    {
        if (_used + MaxNoteSize > _buffer.Length) Flush();
        _buffer[_used++] = (byte)machine;
        _buffer[_used++] = (byte)kind;
        Put(time.NowUs - _notedAtUs);
        Put(first);
        Put(second);
        _notedAtUs = time.NowUs;
    }

    /// <summary>Writes a line for a reader. Ask <see cref="IsWritten"/> first.</summary>
    public void Line(int machine, string what)
    {
        _lines++;
        var who = machine < 0 ? "world" : "node" + machine.ToString(System.Globalization.CultureInfo.InvariantCulture);
        writer?.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.NowUs / 1e6,12:F6} {who,-6} {what}"));
        if (_lines == MaxLines) writer?.WriteLine($"… the trace ends here, after {MaxLines} lines");
    }

    /// <summary>The hash of everything noted.</summary>
    public Hash256 Finish()
    {
        Flush();
        return _hasher.Finish();
    }

    // As Protobuf writes an unsigned number: seven bits a byte, the lowest first. Most are small, and the hash is over fewer bytes.
    private void Put(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _buffer[_used++] = (byte)(value | 0x80);
        _buffer[_used++] = (byte)value;
    }

    private void Flush()
    {
        _hasher.Append(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
