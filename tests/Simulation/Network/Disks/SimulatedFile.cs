using System.Buffers;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>One file's content: as programs see it now, and what of it was done since the last flush, so that a crash can undo any of it.</summary>
internal sealed class SimulatedFile
{
    /// <summary>What a disk writes whole or not at all.</summary>
    public const int PageBytes = 4096;

    // A file's first array: most are short.
    private const int FirstBytes = 512;

    private readonly List<Change> _unflushed = [];
    private byte[] _bytes = [];

    /// <summary>Bytes in the file.</summary>
    public int Length { get; private set; }

    /// <summary>The content, for checks.</summary>
    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, Length);

    /// <summary>True when a crash now changes nothing below <paramref name="end"/>.</summary>
    public bool IsFlushed(int end) => _unflushed.TrueForAll(change => change.Offset >= end);

    public int Read(Span<byte> destination, long offset)
    {
        if (offset >= Length) return 0;
        var count = int.Min(destination.Length, Length - (int)offset);
        _bytes.AsSpan((int)offset, count).CopyTo(destination);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        _unflushed.Add(new Change((int)offset, PooledBytes.Of(bytes), Length, Old((int)offset, bytes.Length)));
        Put(bytes, (int)offset);
    }

    public void SetLength(long length)
    {
        var (from, to) = (Length, (int)length);
        _unflushed.Add(new Change(to, null, from, Old(to, int.Max(from - to, 0))));
        Resize(to);
    }

    public void Flush() => ForgetChanges();

    /// <summary>Nobody asks for it any more.</summary>
    public void Release()
    {
        ForgetChanges();
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = ([], 0);
    }

    /// <summary>The power goes: what was not flushed is lost, kept, kept up to somewhere or, if the disk tears, kept in pieces.</summary>
    public void LosePower(SeededRandom random, bool tears)
    {
        if (_unflushed.Count == 0) return;
        var changes = _unflushed.ToArray();
        for (var i = changes.Length - 1; i >= 0; i--) Undo(changes[i]);
        switch (random.Below(tears ? 5 : 3))
        {
            case 0: break;
            case 1: Redo(changes); break;
            case 2: Redo(changes.AsSpan(0, random.Below(changes.Length + 1))); break;
            case 3: RedoTorn(changes, random); break;
            default: RedoPages(changes, random); break;
        }

        ForgetChanges();
    }

    /// <summary>A bit changes by itself.</summary>
    public void Rot(SeededRandom random)
    {
        if (Length > 0) _bytes[random.Below(Length)] ^= (byte)(1 << random.Below(8));
    }

    /// <summary>A bit of a byte changes.</summary>
    public void Flip(int at) => _bytes[at] ^= 0x20;

    /// <summary>A bit of the first bytes changes.</summary>
    public void RotFirst(SeededRandom random)
    {
        if (Length > 0) _bytes[random.Below(int.Min(Length, 16))] ^= (byte)(1 << random.Below(8));
    }

    /// <summary>A file of the same content, as a copy of the disk would have it.</summary>
    public SimulatedFile Copy()
    {
        var copy = new SimulatedFile();
        copy.Put(Content, 0);
        return copy;
    }

    private void Redo(ReadOnlySpan<Change> changes)
    {
        foreach (var one in changes)
        {
            if (one.New is null) Resize(one.Offset);
            else Put(one.New.Span, one.Offset);
        }
    }

    // The writes up to one of them, and of that one the first bytes; the file may have got its new length before its bytes.
    private void RedoTorn(ReadOnlySpan<Change> changes, SeededRandom random)
    {
        var torn = random.Below(changes.Length);
        Redo(changes[..torn]);
        if (changes[torn].New is not { } bytes) return;
        Put(bytes.Span[..random.Below(bytes.Length + 1)], changes[torn].Offset);
        var end = changes[torn].Offset + bytes.Length;
        if (random.Chance(500) && end > Length) Resize(end);
    }

    // Every page of every write by itself: a cache writes back in any order. Lengths grow as needed; holes read as zeros.
    private void RedoPages(ReadOnlySpan<Change> changes, SeededRandom random)
    {
        foreach (var one in changes)
        {
            if (one.New is not { } bytes)
            {
                if (random.Chance(500)) Resize(one.Offset);
                continue;
            }

            for (var done = 0; done < bytes.Length;)
            {
                var at = one.Offset + done;
                var count = int.Min(bytes.Length - done, PageBytes - (at % PageBytes));
                if (random.Chance(500)) Put(bytes.Span.Slice(done, count), at);
                done += count;
            }
        }
    }

    private void ForgetChanges()
    {
        foreach (var change in _unflushed) change.Release();
        _unflushed.Clear();
    }

    private void Undo(Change one)
    {
        Resize(one.LengthBefore);
        one.Old?.Span.CopyTo(_bytes.AsSpan(one.Offset));
    }

    private PooledBytes? Old(int offset, int count) => offset >= Length || count == 0 ? null : PooledBytes.Of(_bytes.AsSpan(offset, int.Min(count, Length - offset)));

    private void Put(ReadOnlySpan<byte> bytes, int offset)
    {
        if (offset + bytes.Length > Length) Resize(offset + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(offset));
    }

    private void Resize(int length)
    {
        if (length > _bytes.Length) Grow(length);
        if (length > Length) _bytes.AsSpan(Length, length - Length).Clear();
        Length = length;
    }

    // From a pool: files of all runs grow through the same few sizes, and large arrays of one use each are what a collector is slowest at.
    private void Grow(int length)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(int.Max(length, int.Max(FirstBytes, _bytes.Length * 2)));
        Content.CopyTo(bytes);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = bytes;
    }

    // A write (New) at an offset, or a new length (New is null) of Offset; with what it takes to undo it: null where nothing was.
    private readonly record struct Change(int Offset, PooledBytes? New, int LengthBefore, PooledBytes? Old)
    {
        public void Release()
        {
            New?.Release();
            Old?.Release();
        }
    }
}
