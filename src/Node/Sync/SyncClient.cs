using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Sync;

/// <summary>
/// C-SYNC: knows where the peers stand and fetches what this node lacks, from one peer at a time. It never votes: the consensus hears of the new head
/// once the range is applied.
/// </summary>
internal sealed class SyncClient(ChainState chain, NodeSeams seams, KeyId self)
{
    private readonly Dictionary<KeyId, (Height Head, Height Lowest)> _peers = [];
    private Height? _ownHole;
    private bool _isHistoryGone;
    private KeyId? _asked;
    private bool _verifying;

    /// <summary>True while somebody stands more than one block above, or blocks are under way.</summary>
    public bool IsBehind => _asked is not null || _peers.Values.Any(p => p.Head > chain.Height.Next);

    /// <summary>The highest head that a linked peer told of; 0 when none did.</summary>
    public Height BestHeight => Best(out var head) is null ? default : head;

    /// <summary>The lowest block that any linked peer holds, when this node is so far behind that none of them can bring it up; else null.</summary>
    public Height? HistoryGone => _asked is null && _peers.Count > 0 && IsBehind && Best(out _) is null ? _peers.Values.Min(p => p.Lowest) : null;

    /// <summary>A peer says where it stands and what it holds. Returns <see cref="HistoryGone"/> when it becomes so.</summary>
    public Height? OnStatus(KeyId peer, Height head, Height lowest)
    {
        _peers[peer] = (head, lowest);
        Look(isPatient: true);
        var (gone, wasGone) = (HistoryGone, _isHistoryGone);
        _isHistoryGone = gone is not null;
        return wasGone ? null : gone;
    }

    /// <summary>A link is down.</summary>
    public void OnDisconnected(KeyId peer)
    {
        _peers.Remove(peer);
        if (_asked == peer && !_verifying) Forget();
        Look(isPatient: true);
    }

    /// <summary>Asks for blocks if a peer has any that this node lacks. A patient look leaves a single block to the consensus for a while.</summary>
    public void Look(bool isPatient)
    {
        if (_asked is not null || TryOwn() || Best(out var head) is not { } peer || head <= chain.Height) return;
        if (isPatient && head == chain.Height.Next)
        {
            seams.Timers.Arm(new TimerId(TimerKind.SyncLook), SyncLimits.LookMs);
            return;
        }

        var missing = head.Value - chain.Height.Value;
        _asked = peer;
        seams.Timers.Arm(new TimerId(TimerKind.SyncTimeout), SyncLimits.TimeoutMs);
        seams.Network.Send(peer, new LinkMessage { BlockRequest = new BlockRequest { From = chain.Height.Next.Value, Count = (uint)ulong.Min(missing, SyncLimits.MaxBlocks) } });
    }

    /// <summary>The asked peer answered: a worker checks the certificates. An answer that nobody asked for is dropped.</summary>
    public void OnBlocks(KeyId peer, IReadOnlyList<ReadOnlyMemory<byte>> blocks)
    {
        if (_asked != peer || _verifying) return;
        if (blocks.Count == 0)
        {
            if (peer == self) _ownHole = chain.Height.Next;
            GiveUpOn(peer);
            return;
        }

        _verifying = true;
        seams.Workers.Submit(new VerifyBlocks(peer, blocks, chain.Chain, chain.Height.Next, chain.Next));
    }

    /// <summary>Applies what was verified: executes each block again and compares its roots. Returns how many were applied.</summary>
    public int OnVerified(KeyId peer, IReadOnlyList<CommittedBlock> blocks, bool allHold, Action<Block, CommitCertificate> apply)
    {
        var applied = 0;
        foreach (var block in blocks)
        {
            var header = block.Block.Header;
            if (header.Height <= chain.Height) continue; // decided here meanwhile
            if (header.Fields.ValidatorsHash != chain.Next.Hash) break; // C-CHANGE: asked for again, and checked against the new set
            apply(block.Block, block.Certificate!);
            applied++;
        }

        _verifying = false;
        if (allHold)
        {
            Forget();
        }
        else
        {
            if (peer == self) _ownHole = chain.Height.Next;
            GiveUpOn(peer);
            if (peer != self) seams.Network.Disconnect(peer, "It sent blocks that do not verify.");
        }

        return applied;
    }

    /// <summary>The asked peer owes its answer for too long.</summary>
    public void OnTimeout()
    {
        if (_asked is { } peer && !_verifying) GiveUpOn(peer);
    }

    private void GiveUpOn(KeyId peer)
    {
        _peers.Remove(peer); // until it says again where it stands
        Forget();
        Look(isPatient: true);
    }

    private void Forget()
    {
        _asked = null;
        seams.Timers.Cancel(new TimerId(TimerKind.SyncTimeout));
    }

    // What is held here above the head needs no peer.
    private bool TryOwn()
    {
        if (_ownHole == chain.Height.Next || seams.Blocks.Head is not { } stored || stored <= chain.Height) return false;
        _asked = self;
        seams.Workers.Submit(new ReadOwnBlocks(seams.Blocks, self, chain.Height.Next));
        return true;
    }

    // The highest that holds the block above our head. Ties go to the lower key, so that a run from a seed repeats.
    private KeyId? Best(out Height head)
    {
        KeyId? best = null;
        head = default;
        foreach (var (peer, (at, lowest)) in _peers)
        {
            if (lowest > chain.Height.Next) continue;
            if (best is { } other && (at < head || (at == head && peer.Value > other.Value))) continue;
            (best, head) = (peer, at);
        }

        return best;
    }
}
