using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Healing;

/// <summary>
/// Heals blocks that the disk no longer gives as they were written (ADR 0015): asks one peer at a time for the highest that is missing and those below it, checks them by the hashes of the
/// chain above, and stores them. Beside that it reads all blocks again, slowly, so that rot is found before somebody asks for the block. The loop's own.
/// </summary>
internal sealed class BlockHealer(ChainState chain, NodeSeams seams, ILogger logger)
{
    private readonly Dictionary<KeyId, (Height Head, Height Lowest)> _peers = [];
    private KeyId? _asked;
    private KeyId? _last;
    private Height _top;
    private bool _isChecking;
    private bool _isScrubbing;
    private int _waited;
    private int _pause;
    private Height _scrubAt;
    private long _reported;

    /// <summary>Blocks healed since the node started.</summary>
    public ulong Healed { get; private set; }

    /// <summary>A peer says what it holds.</summary>
    public void OnStatus(KeyId peer, Height head, Height lowest) => _peers[peer] = (head, lowest);

    /// <summary>A link is down.</summary>
    public void OnDisconnected(KeyId peer)
    {
        _peers.Remove(peer);
        if (_asked == peer && !_isChecking) _asked = null;
    }

    /// <summary>Once a second.</summary>
    public void OnTick()
    {
        if (_asked is not null && !_isChecking && ++_waited > HealingLimits.PatienceTicks) _asked = null;
        Report();
        Ask();
        Scrub();
    }

    /// <summary>The asked peer answered, the highest block first: a worker checks them. An answer that nobody asked for is dropped.</summary>
    public void OnReceived(KeyId peer, IReadOnlyList<ReadOnlyMemory<byte>> blocks)
    {
        if (_asked != peer || _isChecking) return;
        if (blocks.Count == 0)
        {
            _asked = null; // it lacks them too: another is asked at the next tick
            return;
        }

        _isChecking = true;
        seams.Workers.Submit(new CheckHealing(seams.Blocks, chain.Head, _top, peer, blocks));
    }

    /// <summary>A worker checked them: those that hold are stored.</summary>
    public void OnChecked(KeyId peer, IReadOnlyList<CommittedBlock> blocks, bool allHold)
    {
        (_asked, _isChecking) = (null, false);
        foreach (var block in blocks)
        {
            if (seams.Blocks.TryRead(block.Block.Header.Height, out _)) continue;
            seams.Blocks.Append(block);
            Healed++;
            Log.BlockHealed(logger, block.Block.Header.Height.Value, peer, seams.Blocks.Missing);
        }

        _reported = long.Min(_reported, seams.Blocks.Missing);
        if (!allHold) seams.Network.Disconnect(peer, "It sent blocks that are not those of the chain.");
        else if (blocks.Count > 0) Ask();
    }

    /// <summary>A worker read some blocks again.</summary>
    public void OnScrubbed(Height next, bool isDone)
    {
        (_isScrubbing, _scrubAt) = (false, isDone ? default : next);
        _pause = isDone ? HealingLimits.ScrubPauseTicks : 0;
        Report();
    }

    private void Ask()
    {
        if (_asked is not null || seams.Blocks.HighestMissing(chain.Height) is not { } top || Next(top) is not { } peer) return;
        (_asked, _last, _top, _waited) = (peer, peer, top, 0);
        seams.Network.Send(peer, new LinkMessage { HealRequest = new BlockRequest { From = top.Value, Count = HealingLimits.MaxBlocks } });
    }

    // In turn, so that one who lacks the block too does not hold the others up; by key, so that a run from a seed repeats.
    private KeyId? Next(Height height)
    {
        KeyId? least = null;
        KeyId? after = null;
        foreach (var (peer, (head, lowest)) in _peers)
        {
            if (height > head || height < lowest) continue;
            if (least is null || peer.Value < least.Value.Value) least = peer;
            if (_last is { } last && peer.Value > last.Value && (after is null || peer.Value < after.Value.Value)) after = peer;
        }

        return after ?? least;
    }

    private void Report()
    {
        var missing = seams.Blocks.Missing;
        if (missing > _reported) Log.BlocksMissing(logger, missing, seams.Blocks.HighestMissing(chain.Height)?.Value ?? 0);
        _reported = missing;
    }

    private void Scrub()
    {
        if (_isScrubbing || _pause-- > 0) return;
        _isScrubbing = true;
        seams.Workers.Submit(new ScrubBlocks(seams.Blocks, _scrubAt));
    }
}
