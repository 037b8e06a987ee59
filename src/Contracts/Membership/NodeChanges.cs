using System.Buffers;
using Google.Protobuf;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>Where nodes are: each node links to those listed here beside the ones that its own configuration names.</summary>
internal static class NodeChanges
{
    /// <summary>Most nodes listed: a node has at most 200 peers.</summary>
    public const int MaxNodes = 200;

    /// <summary>Longest host in characters; with it the whole list stays within one record.</summary>
    public const int MaxHost = 128;

    private const string HostRule = "1 to 128 characters of A-Z, a-z, 0-9, '.', '-' and ':'";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:");

    /// <summary>Lists a node, or a node's new place.</summary>
    public static Refusal? Put(ChangeView view, NodeRecord node, string where)
    {
        if (!KeyId.TryFrom(node.KeyId.Span, out var id) || view.Find(StateKeys.Key(id), KeyRecord.Parser) is not { Status: StandingStatus.Active } key || !key.Roles.Contains(KeyRole.Consensus))
            return new Refusal(MembershipCodes.NoConsensusKey, $"{where}: key_id is no active key with role CONSENSUS.");
        if (node.Host.Length is 0 or > MaxHost || node.Host.AsSpan().ContainsAnyExcept(HostCharacters)) return new Refusal(MembershipCodes.BadNode, $"{where}: host is {HostRule}.");
        if (node.Port is 0 or > ushort.MaxValue || !Digests.IsDigest(node.CertificateSha256))
            return new Refusal(MembershipCodes.BadNode, $"{where}: port is 1 to {ushort.MaxValue}, certificate_sha256 is 32 bytes.");
        var list = Read(view);
        var at = Find(list, id, out var isThere);
        if (isThere) list.Nodes.RemoveAt(at);
        if (list.Nodes.Any(n => n.CertificateSha256 == node.CertificateSha256)) return new Refusal(MembershipCodes.BadNode, $"{where}: another node has this certificate.");
        if (list.Nodes.Count >= MaxNodes) return new Refusal(MembershipCodes.BadNode, $"{where}: {MaxNodes} nodes are listed.");
        list.Nodes.Insert(at, node);
        view.Put(StateKeys.Nodes, list, "node.changed", id.ToString(), node);
        return null;
    }

    /// <summary>Strikes a node from the list. The node of a seat stays: the others must find it.</summary>
    public static Refusal? Remove(ChangeView view, RemoveNode change, string where)
    {
        var list = Read(view);
        if (!KeyId.TryFrom(change.KeyId.Span, out var id) || Find(list, id, out var isThere) is var at && !isThere)
            return new Refusal(MembershipCodes.UnknownNode, $"{where}: key_id names no node that is listed.");
        if (Seats.KeyHasSeat(view, id)) return new Refusal(MembershipCodes.HasSeat, $"{where}: {id} has a seat in the validator set; take it out of the set first.");
        list.Nodes.RemoveAt(at);
        view.Put(StateKeys.Nodes, list, "node.removed", id.ToString(), change);
        return null;
    }

    /// <summary>Strikes the node of a key, if there is one.</summary>
    public static void Strike(ChangeView view, KeyId id)
    {
        var list = Read(view);
        var at = Find(list, id, out var isThere);
        if (!isThere) return;
        list.Nodes.RemoveAt(at);
        view.Put(StateKeys.Nodes, list, "node.removed", id.ToString(), new RemoveNode { KeyId = ByteString.CopyFrom(id.Value.Span) });
    }

    private static NodesRecord Read(ChangeView view) => view.Find(StateKeys.Nodes, NodesRecord.Parser)?.Clone() ?? new NodesRecord();

    private static int Find(NodesRecord list, KeyId id, out bool isThere)
    {
        var at = 0;
        while (at < list.Nodes.Count && list.Nodes[at].KeyId.Span.SequenceCompareTo(id.Value.Span) < 0) at++;
        isThere = at < list.Nodes.Count && list.Nodes[at].KeyId.Span.SequenceEqual(id.Value.Span);
        return at;
    }
}
