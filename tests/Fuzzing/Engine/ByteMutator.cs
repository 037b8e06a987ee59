using System.Buffers.Binary;

namespace LicenceChain.Fuzzing.Engine;

/// <summary>Damage that needs no knowledge of the form: flips, cuts, splices, repeats, boundary numbers.</summary>
internal static class ByteMutator
{
    private static readonly ulong[] Boundaries =
        [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, ulong.MaxValue];

    public static byte[] Mutate(Random random, byte[] input, byte[] other, int max)
    {
        var at = input.Length == 0 ? 0 : random.Next(input.Length);
        byte[] changed = random.Next(10) switch
        {
            0 => input[..at],
            1 => [.. input[..at], (byte)random.Next(256), .. input[at..]],
            2 when input.Length > 0 => [.. input[..at], .. input[(at + 1)..]],
            3 => [.. input[..at], .. other[(other.Length == 0 ? 0 : random.Next(other.Length))..]],
            4 => [.. input[..at], .. input[at..], .. input[at..]],
            5 => Repeat(random, input, at, max),
            6 => Number(random, input, at),
            7 => [.. input[at..], .. input[..at]],
            _ => Flip(random, input, at),
        };
        return changed.Length > max ? changed[..max] : changed;
    }

    public static ulong Boundary(Random random) => Boundaries[random.Next(Boundaries.Length)] + (ulong)random.Next(-1, 2);

    private static byte[] Flip(Random random, byte[] input, int at)
    {
        var changed = (byte[])input.Clone();
        for (var left = random.Next(1, 4); left > 0 && changed.Length > 0; left--, at = random.Next(changed.Length))
            changed[at] = random.Next(2) == 0 ? (byte)(changed[at] ^ (1 << random.Next(8))) : (byte)random.Next(256);
        return changed;
    }

    private static byte[] Repeat(Random random, byte[] input, int at, int max)
    {
        var length = int.Min(input.Length - at, random.Next(1, 40));
        if (length <= 0) return input;
        var piece = input.AsSpan(at, length);
        var times = int.Min(1 << random.Next(12), (max - input.Length) / length);
        var result = new List<byte>(input.Length + (int.Max(0, times) * length));
        result.AddRange(input.AsSpan(0, at));
        for (var i = 0; i < times; i++) result.AddRange(piece);
        result.AddRange(input.AsSpan(at));
        return [.. result];
    }

    private static byte[] Number(Random random, byte[] input, int at)
    {
        Span<byte> number = stackalloc byte[8];
        if (random.Next(2) == 0) BinaryPrimitives.WriteUInt64BigEndian(number, Boundary(random));
        else BinaryPrimitives.WriteUInt64LittleEndian(number, Boundary(random));
        var changed = (byte[])input.Clone();
        var width = 1 << random.Next(4);
        number[(random.Next(2) == 0 ? 8 - width : 0)..][..int.Min(width, 8)].CopyTo(number);
        number[..int.Min(width, changed.Length - at)].CopyTo(changed.AsSpan(at));
        return changed;
    }
}
