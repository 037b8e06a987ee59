using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Rules;

/// <summary>
/// C-SYNC: the highest height at which each validator was heard. The (f+1)-th highest is true of at least one correct validator, which
/// therefore holds every block below it.
/// </summary>
internal sealed class AheadTracker(int validators, int faultBound)
{
    private readonly ulong[] _seen = new ulong[validators];
    private readonly ulong[] _sorted = new ulong[validators];

    public void Note(int validator, Height height) => _seen[validator] = ulong.Max(_seen[validator], height.Value);

    /// <summary>The height that some correct validator works at; 0 when too few were heard.</summary>
    public Height Trusted
    {
        get
        {
            _seen.CopyTo(_sorted, 0);
            Array.Sort(_sorted);
            return new Height(_sorted[validators - 1 - faultBound]);
        }
    }
}
