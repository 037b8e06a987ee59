using FsCheck;
using FsCheck.Fluent;

namespace LicenceChain.Protocol.Tests;

/// <summary>Properties over random inputs. A failure prints the seed that FsCheck drew for <c>Random</c>.</summary>
internal static class Seeded
{
    // Chosen from all numbers: the generator of small ones would draw the same two hundred again and again.
    public static void Check(int runs, Action<Random> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => property(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));

    public static byte[] Bytes(this Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The bytes with one to three changes: a bit turned, a byte lost or put in, the end cut off, something appended. Never the same bytes.</summary>
    public static byte[] Mutate(this Random random, ReadOnlySpan<byte> bytes)
    {
        var changed = bytes.ToArray().ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = changed.Count == 0 ? 0 : random.Next(changed.Count);
            switch (random.Next(5))
            {
                case 0 when changed.Count > 0: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when changed.Count > 0: changed.RemoveAt(at); break;
                case 2: changed.Insert(at, (byte)random.Next(256)); break;
                case 3 when changed.Count > 0: changed.RemoveRange(at, changed.Count - at); break;
                default: changed.AddRange(random.Bytes(random.Next(1, 8))); break;
            }
        }

        if (bytes.SequenceEqual(changed.ToArray())) changed.Add((byte)random.Next(256)); // one change took the other back
        return [.. changed];
    }
}
