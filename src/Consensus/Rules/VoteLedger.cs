using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-FLOOD: the messages held of one height: per sender and type, those of the two highest rounds. Each sender can only push out its own.</summary>
internal sealed class VoteLedger(int validators, Hash256 validatorsHash)
{
    private const int Types = 4;

    // Slots of one sender and type lie together, the higher round first.
    private readonly VerifiedMessage?[] _slots = new VerifiedMessage?[validators * Types * ConsensusLimits.RoundsKept];

    /// <summary>Of the set that the senders' indices refer to.</summary>
    public Hash256 ValidatorsHash => validatorsHash;

    /// <summary>C-EVIDENCE over what is held here.</summary>
    public EvidenceDetector Evidence { get; } = new(validators);

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Keeps a message unless one of its sender, type and round is held, or two of later rounds.</summary>
    public void Add(VerifiedMessage message)
    {
        var slots = SlotsOf(message.Validator, message.Type);
        if (slots[0] is null || message.Round > slots[0]!.Round)
        {
            slots[1] = slots[0];
            slots[0] = message;
        }
        else if (message.Round < slots[0]!.Round && (slots[1] is null || message.Round > slots[1]!.Round))
        {
            slots[1] = message;
        }

        IsEmpty = false;
    }

    /// <summary>The message of the highest round, or null.</summary>
    public VerifiedMessage? Latest(int validator, VoteType type) => SlotsOf(validator, type)[0];

    /// <summary>The message of a round, or null.</summary>
    public VerifiedMessage? Find(int validator, VoteType type, Round round)
    {
        foreach (var one in SlotsOf(validator, type))
            if (one?.Round == round)
                return one;
        return null;
    }

    /// <summary>Up to two messages of a sender, the higher round first.</summary>
    public IReadOnlyList<VerifiedMessage> Of(int validator, VoteType type)
    {
        var slots = SlotsOf(validator, type);
        if (slots[0] is not { } first) return [];
        return slots[1] is { } second ? [first, second] : [first];
    }

    /// <summary>True when exactly these bytes are held.</summary>
    public bool Holds(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in _slots)
            if (one is not null && one.Bytes.Span.SequenceEqual(bytes))
                return true;
        return false;
    }

    /// <summary>How many messages of a type are held.</summary>
    public int CountOf(VoteType type)
    {
        var count = 0;
        for (var i = 0; i < validators; i++)
            foreach (var one in SlotsOf(i, type))
                if (one is not null)
                    count++;
        return count;
    }

    /// <summary>All messages of a type, by sender.</summary>
    public IReadOnlyList<VerifiedMessage> All(VoteType type)
    {
        var count = CountOf(type);
        if (count == 0) return [];
        var all = new List<VerifiedMessage>(count);
        for (var i = 0; i < validators; i++)
            foreach (var one in SlotsOf(i, type))
                if (one is not null)
                    all.Add(one);
        return all;
    }

    private Span<VerifiedMessage?> SlotsOf(int validator, VoteType type) =>
        _slots.AsSpan(((validator * Types) + (int)type - 1) * ConsensusLimits.RoundsKept, ConsensusLimits.RoundsKept);
}
