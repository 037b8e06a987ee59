using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Simulation.Network.Scripts;

[Trait("Rule", "C-EVIDENCE")]
public sealed class EvidenceTests
{
    private const int Liar = 2;

    private readonly ScriptedNetwork _script = new();

    public EvidenceTests() => _script.Network.Checks.Votes.ByzantineSeats.Add(Liar);

    [Fact]
    public void C_EVIDENCE_a_validator_that_votes_twice_is_on_record_at_every_node()
    {
        VoteTwice(1, witnesses: [0]);
        _script.Commit(0);

        _script.Run(() => Nodes.All(node => TryGetState(node, Record(1), out _)));

        TryGetState(0, Record(1), out var value);
        var record = EvidenceRecord.Parser.ParseFrom(value.Span);
        Assert.Equal((_script.Network.Cast.Members[Liar].Code.Value, _script.Network.Cast.Members[0].Code.Value), (record.Member, record.Reporter));
        Assert.NotEqual(record.Votes.First.Digest, record.Votes.Second.Digest);
    }

    [Fact]
    public void C_EVIDENCE_what_every_validator_saw_costs_the_chain_one_transaction()
    {
        VoteTwice(1, witnesses: [0, 1, 3]);
        _script.Commit(0);
        _script.Run(() => Nodes.All(node => TryGetState(node, Record(1), out _)));

        var reached = _script.Network.Status(0).Height.Value + 8; // every validator has had two more turns
        while (_script.Network.Status(0).Height.Value < reached) _script.Commit(0);

        var filed = Enumerable.Range(1, (int)reached).SelectMany(height => _script.Network.Block(0, (ulong)height).Block.Transactions).Count(t => t.Contract == "membership");
        Assert.Equal(1, filed);
    }

    private static IEnumerable<int> Nodes => Enumerable.Range(0, 4);

    private StateKey Record(ulong height) => StateKeys.Evidence(_script.Network.Cast.Members[Liar].Consensus.PublicKey.Id, new Height(height));

    private bool TryGetState(int node, StateKey key, out ReadOnlyMemory<byte> value) => _script.Network.Machines[node].Node!.Publisher.TryGetState(key, out value);

    private void VoteTwice(ulong height, int[] witnesses)
    {
        foreach (var digest in (Hash256[])[Sm3.Hash([1]), Sm3.Hash([2])])
            foreach (var witness in witnesses)
                _script.Network.Forge(Liar, witness, new ConsensusMessage { Prepare = Prepare(height, digest) });
    }

    private VoteMessage Prepare(ulong height, Hash256 digest)
    {
        Span<byte> bytes = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, ChainId.Parse(SimulatedCast.ChainName), VoteType.Prepare, new Height(height), new Round(0), digest);
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        _script.Network.Cast.Members[Liar].Consensus.Sign(SigningContext.Vote, bytes[..length], signature);
        return new VoteMessage { Type = VoteType.Prepare, Height = height, Digest = ByteString.CopyFrom(digest.Span), Validator = Liar, Signature = ByteString.CopyFrom(signature) };
    }
}
