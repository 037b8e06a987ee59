using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Diagnostics;

/// <summary>Why a node should not be sent requests: it lags, it does not vote, or too few peers are up for anything to commit.</summary>
internal static class NodeReadiness
{
    public static string? Synced(INodeQueries queries)
    {
        var status = queries.Status;
        return status.IsBehind ? $"The node is at height {status.Height} and fetching the blocks that others committed: wait." : null;
    }

    public static string? Voting(INodeQueries queries)
    {
        var alarm = queries.Status.Alarm;
        return alarm.Length > 0 ? $"The node does not vote: {alarm} (rule C-ALARM)." : null;
    }

    public static string? Peers(INodeQueries queries)
    {
        if (!queries.TryGetState(StateKeys.Validators, out var bytes) || !ValidatorSet.TryFrom(ValidatorSetMessage.Parser.ParseFrom(bytes.Span), out var set)) return "The node has no validator set yet.";
        var needed = set.Quorum - 1;
        var peers = queries.Status.Peers;
        return peers >= needed ? null : $"{peers} peers are linked and {needed} are needed for a quorum: check their nodes and the links.";
    }
}
