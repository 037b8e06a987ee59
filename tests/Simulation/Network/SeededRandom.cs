namespace LicenceChain.Simulation.Network;

/// <summary>SplitMix64: numbers from a seed, the same with every runtime. Each part of a simulation draws from a fork of its own, so that one part's draws do not shift another's.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>Any 64 bits.</summary>
    public ulong Next()
    {
        _state += Golden;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)((UInt128)Next() * (UInt128)bound >> 64);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public ulong Between(ulong least, ulong most) => least + (ulong)((UInt128)Next() * (most - least + 1) >> 64);

    /// <summary>True in so many of a thousand cases.</summary>
    public bool Chance(int perMille) => Below(1_000) < perMille;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>So many different numbers below <paramref name="bound"/>, in any order.</summary>
    public int[] Sample(int count, int bound)
    {
        var all = Enumerable.Range(0, bound).ToArray();
        for (var i = 0; i < count; i++)
        {
            var j = i + Below(bound - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..count];
    }

    /// <summary>A sequence of its own for one part.</summary>
    public SeededRandom Fork(ulong part) => new(Next() ^ (part * Golden));
}
