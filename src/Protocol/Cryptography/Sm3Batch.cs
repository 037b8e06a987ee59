using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// SM3 of many messages of any length at once, eight of them in the lanes of a vector; a lane whose message is done takes the next. Each digest is what
/// <see cref="Sm3"/> gives. Allocates nothing.
/// </summary>
public static class Sm3Batch
{
    // Messages that lie apart are brought together in runs of so many bytes: they stay in the nearer caches.
    private const int RunBytes = 64 * 1024;

    // A run's messages: its parts and digests stay on the stack.
    private const int RunMessages = 64;

    // Fewer messages leave so many lanes empty that one after the other is as fast.
    private const int WorthIt = 4;
    private const int Words = 16;

    /// <summary>SM3 of each of <paramref name="parts"/> of <paramref name="data"/> into <paramref name="digests"/>, of which there are as many.</summary>
    public static void Hash(ReadOnlySpan<byte> data, ReadOnlySpan<Range> parts, Span<Hash256> digests)
    {
        if (parts.Length != digests.Length) throw new ArgumentException("One part for each digest.", nameof(parts));
        if (Vector256.IsHardwareAccelerated && parts.Length >= WorthIt) HashInLanes(data, parts, digests);
        else
            for (var i = 0; i < parts.Length; i++)
                digests[i] = Sm3.Hash(data[parts[i]]);
    }

    /// <summary>SM3 of <paramref name="prefix"/> and each of many messages that lie apart, into <paramref name="digests"/>, of which there are as many.</summary>
    public static void Hash<T>(ReadOnlySpan<byte> prefix, IReadOnlyList<T> messages, Func<T, ReadOnlyMemory<byte>> bytesOf, Span<Hash256> digests)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(bytesOf);
        if (messages.Count != digests.Length) throw new ArgumentException("One message for each digest.", nameof(messages));
        var run = ArrayPool<byte>.Shared.Rent(RunBytes);
        Span<Range> parts = stackalloc Range[RunMessages];
        var (first, used) = (0, 0);
        for (var i = 0; i < digests.Length; i++)
        {
            var message = bytesOf(messages[i]).Span;
            var length = prefix.Length + message.Length;
            if (i - first == RunMessages || used + length > RunBytes)
            {
                Hash(run, parts[..(i - first)], digests[first..i]);
                (first, used) = (i, 0);
            }

            if (length > RunBytes)
            {
                digests[i] = Sm3.Hash(prefix, message);
                first = i + 1;
                continue;
            }

            prefix.CopyTo(run.AsSpan(used));
            message.CopyTo(run.AsSpan(used + prefix.Length));
            parts[i - first] = used..(used + length);
            used += length;
        }

        Hash(run, parts[..(digests.Length - first)], digests[first..]);
        ArrayPool<byte>.Shared.Return(run);
    }

    [SkipLocalsInit]
    private static void HashInLanes(ReadOnlySpan<byte> data, ReadOnlySpan<Range> parts, Span<Hash256> digests)
    {
        Span<Lane> lanes = stackalloc Lane[Sm3Lanes.Lanes];
        Span<uint> words = stackalloc uint[Words * Sm3Lanes.Lanes];
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[8];
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Sm3Lanes.ScheduleLength];
        var stateWords = MemoryMarshal.Cast<Vector256<uint>, uint>(state);
        words.Clear(); // an empty lane is hashed along with the others
        var next = 0;
        var busy = 0;
        for (var at = 0; at < lanes.Length; at++)
            if (Begin(ref lanes[at], at, stateWords, data, parts, ref next))
                busy++;
        while (busy > 0)
        {
            for (var at = 0; at < lanes.Length; at++)
                if (!lanes[at].IsIdle)
                    lanes[at].Step(data, words[at..]);
            for (var j = 0; j < Words; j++) schedule[j] = Vector256.Create<uint>(words.Slice(j * Sm3Lanes.Lanes, Sm3Lanes.Lanes));
            Sm3Lanes.Compress(state, schedule);
            for (var at = 0; at < lanes.Length; at++)
            {
                if (!lanes[at].IsDone) continue;
                digests[lanes[at].Part] = Digest(stateWords[at..]);
                if (!Begin(ref lanes[at], at, stateWords, data, parts, ref next)) busy--;
            }
        }
    }

    // Gives a lane the next message, or nothing to do.
    private static bool Begin(ref Lane lane, int at, Span<uint> state, ReadOnlySpan<byte> data, ReadOnlySpan<Range> parts, ref int next)
    {
        if (next == parts.Length)
        {
            lane = Lane.Idle;
            return false;
        }

        var (offset, length) = parts[next].GetOffsetAndLength(data.Length);
        lane = new Lane(next++, offset, length);
        for (var i = 0; i < 8; i++) state[(i * Sm3Lanes.Lanes) + at] = Sm3Compression.InitialWords[i];
        return true;
    }

    private static Hash256 Digest(ReadOnlySpan<uint> state)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt32BigEndian(digest[(4 * i)..], state[i * Sm3Lanes.Lanes]);
        return Hash256.From(digest);
    }

    // A message on its way through a lane: whole blocks, then the rest and the padding in one or two more.
    private struct Lane(int part, int offset, int length)
    {
        private readonly int _length = length;
        private int _offset = offset;
        private int _left = length;
        private bool _isEnded;

        public static Lane Idle => new(-1, 0, 0);

        public int Part { get; } = part;

        public bool IsDone { get; private set; }

        public readonly bool IsIdle => Part < 0;

        [SkipLocalsInit]
        public void Step(ReadOnlySpan<byte> data, Span<uint> words)
        {
            if (_left >= Sm3Compression.BlockSize)
            {
                Spread(data.Slice(_offset, Sm3Compression.BlockSize), words);
                _offset += Sm3Compression.BlockSize;
                _left -= Sm3Compression.BlockSize;
                return;
            }

            Span<byte> block = stackalloc byte[Sm3Compression.BlockSize];
            block.Clear();
            data.Slice(_offset, _left).CopyTo(block);
            if (!_isEnded) block[_left] = 0x80;
            IsDone = _isEnded || _left < Sm3Compression.BlockSize - sizeof(ulong);
            if (IsDone) BinaryPrimitives.WriteUInt64BigEndian(block[(Sm3Compression.BlockSize - sizeof(ulong))..], (ulong)_length * 8);
            _isEnded = true;
            _left = 0;
            Spread(block, words);
        }

        private static void Spread(ReadOnlySpan<byte> block, Span<uint> words)
        {
            for (var j = 0; j < Words; j++) words[j * Sm3Lanes.Lanes] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * j)..]);
        }
    }
}
