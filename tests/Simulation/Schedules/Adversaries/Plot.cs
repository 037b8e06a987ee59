using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>What a strategy of one seat can see and do: everything its coalition heard, its own key, and letters to anybody.</summary>
internal sealed class Plot(Coalition coalition, Surroundings world, int seat, Pen pen, ulong sides)
{
    /// <summary>How long a seat that delays its letters keeps each of them at most; 0 for none.</summary>
    public int MaxDelayMs { get; set; }

    /// <summary>When true, one letter of three is sent.</summary>
    public bool IsSelective { get; set; }

    public int Seat => seat;

    public Pen Pen => pen;

    public Dice Dice => coalition.Dice;

    public ValidatorSet Set => world.Set;

    public Height Height => Notes.Head.Height.Next;

    public HeightNotes Notes => coalition.Notes;

    /// <summary>Of the height below; null at height 1.</summary>
    public HeightNotes? Earlier => coalition.Earlier;

    public IReadOnlyList<ReadOnlyMemory<byte>> Heard => coalition.Heard;

    /// <summary>All other seats, liars too: who has no host gets nothing.</summary>
    public IEnumerable<int> Others => Enumerable.Range(0, Set.Count).Where(one => one != seat);

    /// <summary>0 or 1: which story a validator is told.</summary>
    public int SideOf(int validator) => (int)((sides >> validator) & 1);

    public bool IsProposer(uint round) => Set.ProposerIndex(Height, new Round(round)) == seat;

    public Block Block(uint round, BlockVariant variant) => world.Build(Notes.Head, new Round(round), variant);

    /// <summary>The block of this round that a side is told of; null when none is known.</summary>
    public Block? BlockFor(uint round, int side)
    {
        var known = Notes.Blocks.Where(one => one.Round == round).ToList();
        return known.Count == 0 ? null : known[side % known.Count].Block;
    }

    public void Send(int to, byte[] message)
    {
        if (IsSelective && Dice.Below(3) > 0) return;
        coalition.Post(new Letter(seat, to, message, MaxDelayMs > 0 ? (ulong)Dice.Below(MaxDelayMs) : 0));
    }

    public void SendAll(byte[] message)
    {
        foreach (var to in Others) Send(to, message);
    }

    public void SendSide(int side, byte[] message)
    {
        foreach (var to in Others)
            if (SideOf(to) == side)
                Send(to, message);
    }

    /// <summary>Proposes a fresh block and makes it known among the liars.</summary>
    public byte[] Propose(uint round, Block block, IEnumerable<VoteMessage>? roundChanges = null, IEnumerable<VoteMessage>? prepares = null)
    {
        Notes.Note(round, block);
        return pen.Proposal(Height, round, block, roundChanges, prepares);
    }

    /// <summary>
    /// Q RoundChanges of a round out of those heard and the coalition's own; those with the least to claim first, or the most. Null when there are too few.
    /// </summary>
    public IReadOnlyList<VoteMessage>? Justification(uint round, bool hidesClaims)
    {
        var votes = new SortedDictionary<uint, VoteMessage>();
        foreach (var (signer, vote) in Notes.ChangesOf(round)) votes[signer] = vote;
        foreach (var own in coalition.OwnRoundChanges(round)) votes[own.Validator] = own;
        if (votes.Count < Set.Quorum) return null;
        var ordered = hidesClaims ? votes.Values.OrderBy(vote => vote.PreparedRoundPlusOne) : votes.Values.OrderByDescending(vote => vote.PreparedRoundPlusOne);
        return [.. ordered.Take(Set.Quorum).OrderBy(vote => vote.Validator)];
    }

    /// <summary>What a justification obliges to propose: null when a fresh block is free, else the claim; false when the claim is not known in full.</summary>
    public bool TryObligation(IReadOnlyList<VoteMessage> justification, out Claim? claim)
    {
        var highest = justification.Max(vote => vote.PreparedRoundPlusOne);
        claim = highest == 0 ? null : Notes.Claims.FirstOrDefault(one => one.Round == highest - 1);
        return highest == 0 || claim is not null;
    }
}
