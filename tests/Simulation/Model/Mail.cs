using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// For each seat and statement one real message, as production verification gave it. Every distinct encoding that a node sends is verified once. A receiver gets
/// it with the Prepares that prove it taken from the other seats, since this one stands for all messages that say the same: a receiver must not find a vote of
/// its own in it that it did not cast in this run.
/// </summary>
internal sealed class Mail(Instance instance, Forgery forgery, Flaw flaw = Flaw.Unspecified, bool isLiteral = false)
{
    private readonly VerifiedMessage?[] _messages = new VerifiedMessage?[Instance.Seats * Instance.MaxStatements];
    private readonly VerifiedMessage?[] _delivered = new VerifiedMessage?[Instance.Seats * Instance.Seats * Instance.MaxStatements];

    /// <summary>True when receivers get exactly what was sent: then one mail serves one run.</summary>
    public bool IsLiteral => isLiteral;

    /// <summary>The message that stands for what a seat says; it was sent before.</summary>
    public VerifiedMessage Of(int seat, int statement) =>
        _messages[(seat * Instance.MaxStatements) + statement] ?? throw new InvalidOperationException($"Seat {seat} never said {instance.Describe(statement)}.");

    /// <summary>The same as <paramref name="receiver"/> gets it.</summary>
    public VerifiedMessage To(int receiver, int seat, int statement)
    {
        if (isLiteral) return Of(seat, statement);
        ref var known = ref _delivered[(((receiver * Instance.Seats) + seat) * Instance.MaxStatements) + statement];
        if (known is not null) return known;
        var (sent, said) = (Of(seat, statement), instance.Statements[statement]);
        var proven = said.Claim >= 0 ? said.Claim : said.IsProven ? instance.RoundOfBlock(said.Block) : -1;
        return known = new VerifiedMessage(sent.Vote, sent.ValidatorsHash, sent.Bytes, sent.Block, [], proven < 0 ? [] : PreparesFor(receiver, proven, said.Block));
    }

    public bool Has(int seat, int statement) => _messages[(seat * Instance.MaxStatements) + statement] is not null;

    /// <summary>Takes in what a seat sent and says which statement it is.</summary>
    public int Take(int seat, ReadOnlyMemory<byte> bytes)
    {
        if (flaw == Flaw.DropsClaim && seat != instance.Byzantine) bytes = FlawedWriter.WithoutClaim(instance, bytes);
        var message = forgery.Verify(bytes);
        if (message.Validator != seat) throw new ModelViolation("refused", $"seat {seat} sent a message of seat {message.Validator}");
        var number = instance.Number(StatementOf(message));
        _messages[(seat * Instance.MaxStatements) + number] ??= message;
        return number;
    }

    private List<VerifiedVote> PreparesFor(int receiver, int round, int block) =>
        [.. Enumerable.Range(0, Instance.Seats).Where(seat => seat != receiver).Select(seat => forgery.Prepare(seat, round, block))];

    private Statement StatementOf(VerifiedMessage message)
    {
        var vote = message.Vote;
        var claim = vote.PreparedRound is { } round ? (int)round.Value : -1;
        return new Statement(
            vote.Type, (int)vote.Round.Value, instance.BlockNumber(claim < 0 ? vote.Digest : vote.PreparedDigest), claim,
            vote.Type == VoteType.Proposal && message.Prepares.Count > 0);
    }
}
