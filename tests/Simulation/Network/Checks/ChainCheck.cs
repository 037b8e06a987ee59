using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// The chain over all nodes that ever were: one block a height, under one root, each with a certificate that the light client accepts, no transaction twice,
/// and nothing lost that a node once had stored.
/// </summary>
internal sealed class ChainCheck
{
    private readonly SimulatedNetwork _network;
    private readonly List<CommittedBlock> _chain = [];
    private readonly List<TrustAnchor> _anchors = [];
    private readonly List<List<ReadOnlyMemory<byte>>> _encodings = [];
    private readonly CertificateCheck _accepted;
    private readonly Dictionary<TransactionId, (Height Height, int Index)> _places = [];
    private readonly Dictionary<int, ulong> _stored = [];

    public ChainCheck(SimulatedNetwork network)
    {
        _network = network;
        _accepted = new CertificateCheck(network.Memo);
        var genesis = network.Cast.Genesis;
        _anchors.Add(new TrustAnchor(genesis.Chain, genesis.GenesisHash, new Height(0), genesis.Validators));
    }

    /// <summary>The highest block that any node ever stored.</summary>
    public ulong Height => (ulong)_chain.Count;

    /// <summary>Transactions in the chain.</summary>
    public int Transactions => _places.Count;

    /// <summary>The latest round that a block was decided in.</summary>
    public uint HighestRound { get; private set; }

    /// <summary>Members that the chain holds evidence against.</summary>
    public HashSet<int> Accused { get; } = [];

    /// <summary>A decided block; heights begin at 1.</summary>
    public CommittedBlock At(ulong height) => _chain[(int)height - 1];

    /// <summary>The anchor that a light client has which followed the chain so far.</summary>
    public TrustAnchor AnchorAt(ulong height) => _anchors[(int)height];

    /// <summary>A node has come up: what it had stored is there.</summary>
    public void OnStarted(SimulatedMachine machine)
    {
        var node = machine.Node!;
        var had = _stored.GetValueOrDefault(machine.Index);
        if (machine.IsRotten) _stored[machine.Index] = ulong.Min(had, node.Chain.Height.Value);
        NetworkChecks.Require(node.Chain.Height.Value >= had || machine.IsRotten, $"node{machine.Index} had stored block {had} and comes up with {node.Chain.Height}: committed blocks are lost.");
        Look(machine, node.Blocks.Lowest.Value);
    }

    public void AfterTurn(SimulatedMachine machine) => Look(machine, 0);

    /// <summary>A machine's blocks were taken from it on purpose.</summary>
    public void Forget(SimulatedMachine machine)
    {
        _stored.Remove(machine.Index);
        machine.HasForgotten = true;
    }

    /// <summary>Where a transaction stands; null when in no block.</summary>
    public (Height Height, int Index)? Find(TransactionId transaction) => _places.TryGetValue(transaction, out var place) ? place : null;

    /// <summary>A node told a client that its transaction is committed: it is, there, with this receipt.</summary>
    public void RequireCommitted(int machine, SubmitResultPlace told)
    {
        var holds = told.Height.Value <= Height
            && At(told.Height.Value) is { } block
            && told.Index < block.Block.Transactions.Count
            && block.Block.Transactions[told.Index].Id == told.Transaction
            && block.Receipts[told.Index].Bytes.Span.SequenceEqual(told.Receipt.Bytes.Span);
        NetworkChecks.Require(holds, $"node{machine} told a client that {SimulatedNetwork.Short(told.Transaction)} is transaction {told.Index} of block {told.Height}, and it is not.");
    }

    /// <summary>Every block of a node, read from its disk again, is the chain's; its state is under the head's root.</summary>
    public void RequireWhole(SimulatedMachine machine)
    {
        var node = machine.Node!;
        for (var height = ulong.Max(node.Blocks.Lowest.Value, 1); height <= node.Chain.Height.Value; height++)
        {
            NetworkChecks.Require(IsHeld(machine, height), $"node{machine.Index} does not hold block {height} any more.");
        }

        NetworkChecks.Require(node.Chain.Tree.Root == node.Chain.Head.Header.Fields.StateRoot, $"node{machine.Index}'s state is not under its head's root.");
    }

    // What rotted is missing until a peer has healed it; it is never served.
    private bool IsHeld(SimulatedMachine machine, ulong height)
    {
        var blocks = machine.Node!.Blocks;
        if (blocks.TryReadBytes(new Height(height), out var bytes) && IsChecked(height, bytes)) return true;
        return blocks.TryRead(new Height(height), out var block) ? block.Block.Header.Digest == At(height).Block.Header.Digest : machine.IsRotten;
    }

    // A block differs from node to node by its certificate alone: these bytes were looked at when the first node stored them.
    private bool IsChecked(ulong height, ReadOnlyMemory<byte> bytes)
    {
        foreach (var one in _encodings[(int)height - 1])
            if (one.Span.SequenceEqual(bytes.Span)) return true;
        return false;
    }

    private void Look(SimulatedMachine machine, ulong from)
    {
        var node = machine.Node!;
        var head = node.Chain.Height.Value;
        var seen = _stored.GetValueOrDefault(machine.Index);
        if (head == seen) return;
        for (var height = ulong.Max(ulong.Max(seen + 1, from), 1); height <= head; height++)
        {
            if (!node.Publisher.TryGetBlock(new Height(height), out var block) && machine.IsRotten) continue;
            if (block is null) throw new SimulationFailure($"node{machine.Index} is at {head} and does not hold block {height}.");
            Take(machine, block);
        }

        _stored[machine.Index] = head;
    }

    private void Take(SimulatedMachine machine, CommittedBlock block)
    {
        var header = block.Block.Header;
        var height = header.Height.Value;
        machine.Note(TraceKind.Stored, height, header.Digest.Span[0]);
        if (_network.Trace.IsWritten)
            _network.Trace.Line(machine.Index, $"stores block {height} {Convert.ToHexStringLower(header.Digest.Span[..4])} of round {block.Certificate!.Round} with {block.Block.Transactions.Count} transactions");
        if (height > Height) Extend(block);
        if (!IsChecked(height, block.Bytes)) Check(machine, block);
        HighestRound = uint.Max(HighestRound, block.Certificate!.Round.Value);
    }

    private void Check(SimulatedMachine machine, CommittedBlock block)
    {
        var header = block.Block.Header;
        var height = header.Height.Value;
        var known = At(height);
        NetworkChecks.Require(
            known.Block.Header.Digest == header.Digest,
            $"Two blocks are decided at height {height}: {known.Block.Header.Digest} in round {known.Certificate!.Round}, and by node{machine.Index} {header.Digest} in round {block.Certificate!.Round}.");
        NetworkChecks.Require(
            known.Receipts.Count == block.Receipts.Count && Block.ReceiptRoot(block.Receipts) == header.Fields.ReceiptRoot,
            $"node{machine.Index} stores other receipts for block {height}.");
        NetworkChecks.Require(_accepted.IsAccepted(AnchorAt(height - 1), header, block.Certificate!), $"A light client does not accept the certificate that node{machine.Index} stores for block {height}.");
        _encodings[(int)height - 1].Add(block.Bytes);
    }

    private void Extend(CommittedBlock block)
    {
        var header = block.Block.Header;
        NetworkChecks.Require(header.Height.Value == Height + 1, $"Block {header.Height} is stored before anybody had block {Height + 1}.");
        if (_chain.Count > 0) NetworkChecks.Require(header.Fields.Parent == _chain[^1].Block.Header.Digest, $"Block {header.Height} does not stand on block {Height}.");
        _network.Checks.Governance.Take(block);
        if (!_anchors[^1].TryAdvance(header, block.Certificate!, _network.Checks.Governance.Next, out var next)) throw new SimulationFailure($"A light client cannot follow block {header.Height}.");
        RequireJustAccusations(block);
        for (var i = 0; i < block.Block.Transactions.Count; i++)
            NetworkChecks.Require(_places.TryAdd(block.Block.Transactions[i].Id, (header.Height, i)), $"Transaction {SimulatedNetwork.Short(block.Block.Transactions[i].Id)} is in the chain twice, again in block {header.Height}.");
        _anchors.Add(next);
        _chain.Add(block);
        _encodings.Add([]);
    }

    // C-EVIDENCE: what stands on the chain against a seat is true of it.
    private void RequireJustAccusations(CommittedBlock block)
    {
        for (var i = 0; i < block.Block.Transactions.Count; i++)
        {
            var transaction = block.Block.Transactions[i];
            if ((transaction.Contract, transaction.Method) != ("membership", "evidence") || !block.Receipts[i].Applied) continue;
            var vote = EvidenceMessage.Parser.ParseFrom(transaction.Arguments.Span).First;
            var member = _network.Cast.MemberOf(AnchorAt(vote.Height - 1).Validators.Validators[(int)vote.Validator].Member).Index;
            Accused.Add(member);
            NetworkChecks.Require(_network.Checks.Votes.ByzantineSeats.Contains(member), $"Block {block.Block.Header.Height} holds evidence against member {member}, which contradicted itself nowhere.");
        }
    }

    /// <summary>What a client was told.</summary>
    internal sealed record SubmitResultPlace(TransactionId Transaction, Height Height, int Index, Receipt Receipt);
}
