using Google.Protobuf;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Tests.Loop;

[Trait("Rule", "C-EVIDENCE")]
public sealed class EvidenceTests : IAsyncLifetime
{
    private const int Liar = 2;

    private readonly TestNetwork _files = TestNetwork.Create();

    [Fact]
    public void C_EVIDENCE_a_validator_that_votes_twice_is_on_record_at_every_node()
    {
        using var network = new SimulatedNetwork(_files);
        VoteTwice(network, 1, witnesses: [0]);
        Commit(network);

        network.Run(() => Nodes.All(node => network.TryGetState(node, Record(1), out _)));

        network.TryGetState(0, Record(1), out var value);
        var record = EvidenceRecord.Parser.ParseFrom(value.Span);
        Assert.Equal((_files.Members[Liar].Code.Value, _files.Members[0].Code.Value), (record.Member, record.Reporter));
        Assert.NotEqual(record.Votes.First.Digest, record.Votes.Second.Digest);
    }

    [Fact]
    public void C_EVIDENCE_what_every_validator_saw_costs_the_chain_one_transaction()
    {
        using var network = new SimulatedNetwork(_files);
        VoteTwice(network, 1, witnesses: [0, 1, 3]);
        Commit(network);
        network.Run(() => Nodes.All(node => network.TryGetState(node, Record(1), out _)));

        var reached = network.Status(0).Height.Value + 8; // every validator has had two more turns
        network.Run(() => network.Status(0).Height.Value >= reached);

        var filed = Enumerable.Range(1, (int)reached).SelectMany(height => network.Block(0, (ulong)height).Block.Transactions).Count(t => t.Contract == "membership");
        Assert.Equal(1, filed);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _files.DisposeAsync();

    private static IEnumerable<int> Nodes => Enumerable.Range(0, 4);

    private StateKey Record(ulong height) => StateKeys.Evidence(_files.Members[Liar].Consensus.PublicKey.Id, new Height(height));

    private void Commit(SimulatedNetwork network)
    {
        var submission = network.Submit(0, _files.Transaction(0, validUntil: 100));
        network.Run(() => submission.Result.IsCompleted);
    }

    private void VoteTwice(SimulatedNetwork network, ulong height, int[] witnesses)
    {
        foreach (var digest in (Hash256[])[Sm3.Hash([1]), Sm3.Hash([2])])
            foreach (var witness in witnesses)
                network.Send(Liar, witness, new ConsensusMessage { Prepare = Prepare(height, digest) });
    }

    private VoteMessage Prepare(ulong height, Hash256 digest)
    {
        Span<byte> bytes = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, ChainId.Parse(TestNetwork.ChainName), VoteType.Prepare, new Height(height), new Round(0), digest);
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        _files.Members[Liar].Consensus.Sign(SigningContext.Vote, bytes[..length], signature);
        return new VoteMessage { Type = VoteType.Prepare, Height = height, Digest = ByteString.CopyFrom(digest.Span), Validator = Liar, Signature = ByteString.CopyFrom(signature) };
    }
}
