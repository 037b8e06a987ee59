using Google.Protobuf;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// The Byzantine seat. Its menu is every well-formed message of the instance's rounds that it can sign: Prepares and Commits for any block at any time;
/// RoundChanges with no claim, and with each claim, stale or highest, whose Q Prepares can be put together; in its rounds both of its blocks, and each
/// re-proposal that some choice of Q RoundChanges justifies. It may show each node any of them, in any order, or none. Its two blocks are alike but
/// for their names, so the second is only proposed once the first was prepared by somebody: of two such runs that differ by the names, one is kept.
/// </summary>
internal sealed class Adversary
{
    private readonly Instance _instance;
    private readonly Mail _mail;
    private readonly Forgery _forgery;
    private readonly ulong _always;
    private readonly List<Offer> _offers = [];

    /// <param name="instance">What there is to say.</param>
    /// <param name="mail">What was said, and where the adversary's messages go.</param>
    /// <param name="forgery">Signs.</param>
    /// <param name="ordersTwins">False to propose the second block freely.</param>
    public Adversary(Instance instance, Mail mail, Forgery forgery, bool ordersTwins = true)
    {
        _instance = instance;
        _mail = mail;
        _forgery = forgery;
        _always = instance.Where(one => one.Type is VoteType.Prepare or VoteType.Commit || (one.Type == VoteType.RoundChange && one.Claim < 0));
        for (var number = 0; number < instance.Statements.Count; number++) AddOffers(number, ordersTwins);
    }

    /// <summary>What can be signed and proven when the three correct seats have sent these.</summary>
    public ulong Available(ulong first, ulong second, ulong third)
    {
        var two = (first & second) | (first & third) | (second & third);
        var any = first | second | third;
        var available = _always;
        foreach (var offer in _offers)
        {
            if ((offer.ByTwo & ~two) != 0 || (offer.ByOne & ~any) != 0) continue;
            if (offer.Changes != 0 && AtLeastTwo(first & offer.Changes, second & offer.Changes, third & offer.Changes) is false) continue;
            available |= 1UL << offer.Number;
        }

        return available;
    }

    /// <summary>Makes sure that the message of a statement exists; the correct seats have sent <paramref name="sent"/>, by seat.</summary>
    public void Provide(int number, ReadOnlySpan<ulong> sent)
    {
        if (_mail.Has(_instance.Byzantine, number)) return;
        var one = _instance.Statements[number];
        var message = new ConsensusMessage();
        switch (one.Type)
        {
            case VoteType.Prepare: message.Prepare = Vote(one); break;
            case VoteType.Commit: message.Commit = Vote(one); break;
            case VoteType.RoundChange: message.RoundChange = RoundChange(one, sent); break;
            default: message.Proposal = Proposal(one, OfferOf(number, sent), sent); break;
        }

        if (_mail.Take(_instance.Byzantine, message.ToByteArray()) != number) throw new InvalidOperationException($"The adversary meant {_instance.Describe(number)}.");
    }

    private static bool AtLeastTwo(ulong first, ulong second, ulong third) => (first != 0 ? 1 : 0) + (second != 0 ? 1 : 0) + (third != 0 ? 1 : 0) >= 2;

    private void AddOffers(int number, bool ordersTwins)
    {
        var one = _instance.Statements[number];
        if (one.Type == VoteType.RoundChange && one.Claim >= 0)
            _offers.Add(new Offer(number, PreparesOf(one.Claim, one.Block), 0, 0, one.Claim));
        if (one.Type != VoteType.Proposal || _instance.ProposerOf(one.Round) != _instance.Byzantine) return;
        if (!one.IsProven)
        {
            var isSecond = ordersTwins && one.Block > 0 && _instance.RoundOfBlock(one.Block - 1) == one.Round;
            _offers.Add(new Offer(number, 0, isSecond ? PreparesOf(one.Round, one.Block - 1) : 0, one.Round == 0 ? 0 : ChangesUpTo(one.Round, -1, -1), -1));
            return;
        }

        for (var claim = _instance.RoundOfBlock(one.Block); claim < one.Round; claim++)
            _offers.Add(new Offer(number, PreparesOf(claim, one.Block), 0, ChangesUpTo(one.Round, claim, one.Block), claim));
    }

    private ulong PreparesOf(int round, int block) => 1UL << _instance.Number(new Statement(VoteType.Prepare, round, block, -1, false));

    // The RoundChanges beside which a claim is the highest.
    private ulong ChangesUpTo(int round, int claim, int block) =>
        _instance.Where(one => one.Type == VoteType.RoundChange && one.Round == round && (one.Claim < claim || (one.Claim == claim && one.Block == block)));

    private Offer OfferOf(int number, ReadOnlySpan<ulong> sent)
    {
        var (first, second, third) = (sent[_instance.Correct[0]], sent[_instance.Correct[1]], sent[_instance.Correct[2]]);
        var two = (first & second) | (first & third) | (second & third);
        return _offers.First(o => o.Number == number && (o.ByTwo & ~two) == 0 && (o.Changes == 0 || AtLeastTwo(first & o.Changes, second & o.Changes, third & o.Changes)));
    }

    private VoteMessage Vote(Statement one) => _forgery.Vote(_instance.Byzantine, one);

    private RoundChangeMessage RoundChange(Statement one, ReadOnlySpan<ulong> sent)
    {
        var message = new RoundChangeMessage { Vote = Vote(one) };
        if (one.Claim < 0) return message;
        message.Block = ByteString.CopyFrom(_instance.Block(one.Block).Bytes.Span);
        message.Prepares.AddRange(Prepares(one.Claim, one.Block, sent));
        return message;
    }

    // Two correct RoundChanges and its own, which claims the block.
    private ProposalMessage Proposal(Statement one, Offer offer, ReadOnlySpan<ulong> sent)
    {
        var message = new ProposalMessage { Vote = Vote(one), Block = ByteString.CopyFrom(_instance.Block(one.Block).Bytes.Span) };
        if (one.Round == 0) return message;
        var own = new Statement(VoteType.RoundChange, one.Round, offer.Claim < 0 ? -1 : one.Block, offer.Claim, false);
        var changes = new List<VoteMessage> { Vote(own) };
        foreach (var seat in _instance.Correct)
            if ((sent[seat] & offer.Changes) != 0 && changes.Count < _instance.Set.Quorum)
                changes.Add(_mail.Of(seat, System.Numerics.BitOperations.TrailingZeroCount(sent[seat] & offer.Changes)).Vote.Message);
        message.RoundChanges.AddRange(changes.OrderBy(vote => vote.Validator));
        if (offer.Claim >= 0) message.Prepares.AddRange(Prepares(offer.Claim, one.Block, sent));
        return message;
    }

    // Q Prepares: the own and two correct ones.
    private IEnumerable<VoteMessage> Prepares(int round, int block, ReadOnlySpan<ulong> sent)
    {
        var prepare = new Statement(VoteType.Prepare, round, block, -1, false);
        var votes = new List<VoteMessage> { Vote(prepare) };
        foreach (var seat in _instance.Correct)
            if ((sent[seat] & PreparesOf(round, block)) != 0 && votes.Count < _instance.Set.Quorum)
                votes.Add(_mail.Of(seat, _instance.Number(prepare)).Vote.Message);
        return votes.OrderBy(vote => vote.Validator);
    }

    /// <summary>One way to prove a statement: Prepares that two correct seats sent, one that anybody sent, RoundChanges of which two correct seats sent one.</summary>
    private sealed record Offer(int Number, ulong ByTwo, ulong ByOne, ulong Changes, int Claim);
}
