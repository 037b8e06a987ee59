using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Consensus.Tests.Solo;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>Real signatures, each made once, and production verification, once for each distinct encoding: both are pure.</summary>
internal sealed class Forgery(Instance instance)
{
    private readonly Forge _forge = new(instance.Set, instance.Head.Height.Next);
    private readonly CachedSigner[] _signers = [.. Enumerable.Range(0, Instance.Seats).Select(seat => new CachedSigner(seat))];
    private readonly Dictionary<(int Seat, Statement Said), VoteMessage> _votes = [];
    private readonly Dictionary<Hash256, VerifiedMessage> _verified = [];

    /// <summary>How many distinct encodings were verified.</summary>
    public int Verified => _verified.Count;

    public CachedSigner SignerOf(int seat) => _signers[seat];

    public VoteMessage Vote(int seat, Statement said)
    {
        if (_votes.TryGetValue((seat, said), out var known)) return known;
        var block = said.Block < 0 ? null : instance.Block(said.Block);
        known = said.Type == VoteType.RoundChange
            ? _forge.Vote(said.Type, seat, (uint)said.Round, claim: block is null ? null : new Forge.Claim((uint)said.Claim, block, []))
            : _forge.Vote(said.Type, seat, (uint)said.Round, block!.Header.Digest);
        _votes.Add((seat, said), known);
        return known;
    }

    public VerifiedVote Prepare(int seat, int round, int block) =>
        new(Vote(seat, new Statement(VoteType.Prepare, round, block, -1, false)), instance.Block(block).Header.Digest, Hash256.Zero);

    /// <summary>A message that must be right; a <see cref="ModelViolation"/> when it is not.</summary>
    public VerifiedMessage Verify(ReadOnlyMemory<byte> bytes)
    {
        var hash = Sm3.Hash(bytes.Span);
        if (_verified.TryGetValue(hash, out var known)) return known;
        if (!MessageVerifier.TryVerify(bytes, TestKeys.Chain, instance.Head.Height.Next, instance.Set, out var message, out var reason))
            throw new ModelViolation("refused", $"a message does not verify: {reason}");
        _verified.Add(hash, message);
        return message;
    }
}
