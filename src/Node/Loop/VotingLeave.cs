using LicenceChain.Consensus;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Loop;

/// <summary>
/// C-RESTART: when a key whose vote log was lost may vote again. A record of governance counts if it was adopted above a height that this node saw decided since the loss:
/// an older one forgave an older loss. The marker goes once the chain is stored up to the height below the first vote and before that vote: after a crash in between the node
/// either still observes, or stands where it may vote.
/// </summary>
internal sealed class VotingLeave(ChainState chain, IVoteLog votes, IVoteSigner signer, ILogger logger)
{
    private Height? _from;

    /// <summary>A height was decided here, by votes that this node saw itself. <paramref name="hasLostLog"/>: the consensus found the log not to be this key's.</summary>
    public void OnDecided(bool hasLostLog)
    {
        if (votes.WasLost || hasLostLog) votes.NoteSeen(chain.Height);
    }

    /// <summary>Before the consensus hears of a new head: it may vote above it, if it was let.</summary>
    public void BeforeHead()
    {
        if (_from is not { } from || chain.Height.Next < from) return;
        votes.Readmit();
        _from = null;
        Log.Readmitted(logger, signer.Key, chain.Height.Next.Value);
    }

    /// <summary>After the consensus heard of the head: true, once, when it may be let vote from the height after the next.</summary>
    public bool MayAllow()
    {
        if (!votes.WasLost || _from is not null || votes.SeenSinceLoss is not { } seen) return false;
        if (!chain.State.TryGet(StateKeys.VotingAllowed(signer.Key), out var bytes)) return false;
        var record = VotingAllowedRecord.Parser.ParseFrom(bytes.Span);
        var next = chain.Height.Next.Next;
        if (record.Height <= seen.Value || record.FromHeight > next.Value) return false;
        _from = next;
        return true;
    }
}
