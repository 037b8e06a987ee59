using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>
/// RoundChanges and later proposals whose proofs are wrong: bad signatures, certificates of another height, round or block, too few, twice the same, none at all, a claim of the own round.
/// </summary>
internal sealed class ForgedRoundChanges : IStrategy
{
    private const int Forgeries = 8;

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var round = Known.VoteOf(message)!.Round + 1;
        plot.SendAll(RoundChange(plot, round));
        if (plot.IsProposer(round)) plot.SendAll(Proposal(plot, round));
        if (plot.IsProposer(plot.Notes.Round)) plot.SendAll(Proposal(plot, uint.Max(plot.Notes.Round, 1)));
    }

    private static byte[] RoundChange(Plot plot, uint round)
    {
        var block = plot.Block(0, plot.Dice.Percent(50) ? BlockVariant.First : BlockVariant.Second);
        var own = plot.Pen.Vote(VoteType.Prepare, plot.Height, 0, block);
        var heard = plot.Notes.PreparesOf(0, block).Values.Where(vote => vote.Validator != (uint)plot.Seat).ToList();
        List<VoteMessage> few = [.. heard.Append(own).OrderBy(vote => vote.Validator)];
        var forged = new RoundChangeMessage();
        var claim = new Claim(0, block, few);
        switch (plot.Dice.Below(Forgeries))
        {
            case 0: claim = claim with { Prepares = [.. few.Take(plot.Set.Quorum - 1)] }; break;
            case 1: claim = claim with { Prepares = [.. Enumerable.Repeat(own, plot.Set.Quorum)] }; break;
            case 2: claim = claim with { Prepares = [] }; break;
            case 3: claim = claim with { Prepares = [.. Enumerable.Range(0, plot.Set.Quorum).Select(seat => InTheNameOf(plot, seat, block))] }; break;
            case 4: claim = claim with { Round = round - 1, Prepares = few }; break;
            case 5: claim = OfAnotherHeight(plot) ?? claim; break;
            case 6: claim = claim with { Round = round }; break;
            default: claim = plot.Notes.Claims.LastOrDefault() is { } real ? real with { Block = plot.Block(real.Round, BlockVariant.Unseen) } : claim; break;
        }

        forged.Vote = plot.Pen.Vote(VoteType.RoundChange, plot.Height, round, claim: claim);
        if (plot.Dice.Percent(15)) forged.Vote.Signature = ByteString.CopyFrom(new byte[forged.Vote.Signature.Length]);
        if (plot.Dice.Percent(85)) forged.Block = ByteString.CopyFrom(claim.Block.Bytes.Span);
        forged.Prepares.AddRange(claim.Prepares);
        return new ConsensusMessage { RoundChange = forged }.ToByteArray();
    }

    // A fresh block in a later round, justified by too few RoundChanges, by ones in others' names, by those of another round, or with their claims left out.
    private static byte[] Proposal(Plot plot, uint round)
    {
        var own = plot.Pen.Vote(VoteType.RoundChange, plot.Height, round);
        var heard = plot.Notes.ChangesOf(round).Values.Where(vote => vote.Validator != own.Validator).ToList();
        IEnumerable<VoteMessage> proof = plot.Dice.Below(5) switch
        {
            0 => [],
            1 => heard.Append(own).Take(plot.Set.Quorum - 1),
            2 => Enumerable.Range(0, plot.Set.Quorum).Select(seat => plot.Pen.Vote(VoteType.RoundChange, plot.Height, round, inTheNameOf: seat)),
            3 => plot.Notes.ChangesOf(round - 1).Values,
            _ => heard.Append(own).Select(WithoutClaim),
        };
        var block = plot.Block(round, BlockVariant.Third);
        return plot.Propose(round, block, proof.OrderBy(vote => vote.Validator));
    }

    private static VoteMessage InTheNameOf(Plot plot, int seat, Protocol.Blocks.Block block) => plot.Pen.Vote(VoteType.Prepare, plot.Height, 0, block, inTheNameOf: seat);

    private static Claim? OfAnotherHeight(Plot plot) => plot.Earlier?.Claims.FirstOrDefault();

    // The signature no longer fits.
    private static VoteMessage WithoutClaim(VoteMessage vote)
    {
        var changed = vote.Clone();
        changed.PreparedRoundPlusOne = 0;
        changed.PreparedDigest = ByteString.Empty;
        return changed;
    }
}
