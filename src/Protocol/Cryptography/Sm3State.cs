using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>An SM3 computation under way (GB/T 32905): a value on the stack; a copy goes on independently.</summary>
internal struct Sm3State
{
    private const int LengthBytes = 8;

    private Sm3Words _words;
    private Block _pending;
    private ulong _length;

    /// <summary>A computation that has taken nothing yet.</summary>
    [SkipLocalsInit]
    public static Sm3State Start()
    {
        Unsafe.SkipInit(out Sm3State state);
        Sm3Compression.InitialWords.CopyTo(state._words);
        state._length = 0;
        return state;
    }

    /// <summary>Takes more of the message.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        var filled = (int)(_length % Sm3Compression.BlockSize);
        _length += (ulong)data.Length;
        Span<byte> pending = _pending;
        if (filled > 0)
        {
            var taken = int.Min(data.Length, Sm3Compression.BlockSize - filled);
            data[..taken].CopyTo(pending[filled..]);
            data = data[taken..];
            if (filled + taken < Sm3Compression.BlockSize) return;
            Sm3Compression.Compress(ref _words, pending);
        }
        var whole = data.Length - data.Length % Sm3Compression.BlockSize;
        Sm3Compression.Compress(ref _words, data[..whole]);
        data[whole..].CopyTo(pending);
    }

    /// <summary>Pads, and writes the digest to exactly 32 bytes. The state is spent afterwards.</summary>
    public void Finish(Span<byte> destination)
    {
        if (destination.Length != Hash256.Size) throw new ArgumentException($"An SM3 digest takes {Hash256.Size} bytes.", nameof(destination));
        Span<byte> pending = _pending;
        var filled = (int)(_length % Sm3Compression.BlockSize);
        pending[filled++] = 0x80;
        if (filled > Sm3Compression.BlockSize - LengthBytes)
        {
            pending[filled..].Clear();
            Sm3Compression.Compress(ref _words, pending);
            filled = 0;
        }
        pending[filled..].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(pending[(Sm3Compression.BlockSize - LengthBytes)..], _length * 8);
        Sm3Compression.Compress(ref _words, pending);
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], _words[i]);
    }

    /// <summary>Pads, and returns the digest. The state is spent afterwards.</summary>
    [SkipLocalsInit]
    public Hash256 Finish()
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Finish(digest);
        return Hash256.From(digest);
    }

    [InlineArray(Sm3Compression.BlockSize)]
    private struct Block
    {
        private byte _first;
    }
}
