using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Loop;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Upgrades;

/// <summary>
/// Version 2 is voted in and comes into force at its height, over the production loop. What shows it is its rule: a governing key that has expired renews itself (ADR 0020).
/// </summary>
public sealed class ActivationTests
{
    private const ulong Lead = 60;
    private const ulong ExpiresAfterMs = 10_000;

    private static readonly ProtocolVersions Old = new(ProtocolVersions.First, ProtocolVersions.First);

    [Fact]
    public async Task The_last_block_below_the_height_is_executed_under_version_1_and_the_block_of_the_height_under_version_2()
    {
        await using var files = TestNetwork.Create();
        using var network = new SimulatedNetwork(files);
        var (activation, renewal) = Schedule(network, files);
        Advance(network, files, to: activation - 2);

        Assert.Equal(TransactionCodes.InactiveKey, Refused(network, Vote(network, files, renewal))); // for block H-1
        Advance(network, files, to: activation - 1);
        Assert.Equal(activation, Commit(network, 0, Vote(network, files, renewal))); // in block H
        Assert.Equal(ProposalStatus.Adopted, Proposal(network, renewal).Status);
        Advance(network, files, to: activation + 2);

        Assert.Single(Enumerable.Range(0, 4).Select(node => network.Status(node).StateRoot).Distinct());
    }

    [Fact]
    public async Task A_node_that_replays_everything_from_genesis_comes_to_the_same_root_and_an_old_program_stops_before_the_height()
    {
        await using var files = TestNetwork.Create();
        using var network = new SimulatedNetwork(files);
        var (activation, renewal) = Schedule(network, files);
        Advance(network, files, to: activation - 1);
        Commit(network, 0, Vote(network, files, renewal));
        Advance(network, files, to: activation + 3);

        using var folder = new TemporaryFolder();
        using var blocks = SegmentBlockStore.Open(new DiskFolder(network.FileOf(0, "blocks")));
        using (var state = SqliteStateStore.Open(folder.File("state.db")))
        {
            var chain = ChainOpener.Open(blocks, state, GenesisFile.Read(files.Configurations[0].GenesisPath));
            Assert.Equal((network.Status(0).StateRoot, 2u), (chain.Tree.Root, chain.Version));
        }

        using var other = SqliteStateStore.Open(folder.File("old.db"));
        var stopped = Assert.Throws<OutdatedProgramException>(() => ChainOpener.Open(blocks, other, GenesisFile.Read(files.Configurations[0].GenesisPath), Old));
        Assert.Contains($"Height {activation} is decided under protocol version 2; this program supports version 1.", stopped.Message, StringComparison.Ordinal);
        other.Drain();
        Assert.Equal(network.Block(0, activation - 1).Block.Header.Fields.StateRoot, other.LoadTree().Root);
    }

    [Fact]
    public async Task One_of_four_that_stays_old_stops_before_the_height_the_others_go_on_and_with_the_new_program_it_catches_up()
    {
        await using var files = TestNetwork.Create();
        var programs = Enumerable.Repeat(ProtocolVersions.Supported, 4).ToArray();
        programs[3] = Old;
        using var network = new SimulatedNetwork(files, programs: node => programs[node]) { ToleratesFaults = true };
        var (activation, renewal) = Schedule(network, files);
        Assert.Equal("upgrade-due", network.Why(3).Own.Standing.Reason);
        Assert.Equal("", network.Why(0).Own.Standing.Reason);
        Advance(network, files, to: activation - 1);
        Commit(network, 0, Vote(network, files, renewal));
        Advance(network, files, to: activation + 3);

        Assert.IsType<OutdatedProgramException>(network.Fault(3));
        Assert.Equal(activation - 1, network.Status(3).Height.Value);
        programs[3] = ProtocolVersions.Supported;
        network.Restart(3);
        network.Heal(3);
        network.Run(() => network.Status(3).Height == network.Status(0).Height);
        Assert.Equal(network.Status(0).StateRoot, network.Status(3).StateRoot);
        network.Cut(2); // from here on its votes are needed
        Advance(network, files, to: activation + 6);
    }

    [Fact]
    public async Task A_quorum_that_stays_old_decides_no_block_of_the_height_and_goes_on_once_it_is_upgraded()
    {
        await using var files = TestNetwork.Create();
        var programs = Enumerable.Repeat(Old, 4).ToArray();
        programs[0] = ProtocolVersions.Supported;
        using var network = new SimulatedNetwork(files, programs: node => programs[node]) { ToleratesFaults = true };
        var (activation, _) = Schedule(network, files);
        Advance(network, files, to: activation - 1);
        network.Run(() => Enumerable.Range(1, 3).All(node => network.Fault(node) is OutdatedProgramException));
        Assert.Equal(activation - 1, network.Status(0).Height.Value);

        for (var node = 1; node < 4; node++)
        {
            programs[node] = ProtocolVersions.Supported;
            network.Restart(node);
            network.Heal(node);
        }

        Advance(network, files, to: activation + 2);
    }

    // Member 3's only governing key expires, version 2 is scheduled, and two of the three votes that renew the key are there.
    private static (ulong Activation, ProposalDocument Renewal) Schedule(SimulatedNetwork network, TestNetwork files)
    {
        var governance = new Governance(files);
        var activation = network.Status(0).Height.Value + Lead;
        var expires = network.Now.Plus(ExpiresAfterMs);
        foreach (var vote in governance.Votes(0, [0, 1, 2], Governance.Upgrade(activation), governance.Governs(3, expires.Milliseconds))) Commit(network, 0, vote);
        network.Run(() => network.Now > expires);
        var renewal = new ProposalDocument { Title = "Renew", ExpiresHeight = 500, Changes = { governance.Governs(3, expires.Plus(1_000_000_000).Milliseconds) } };
        Commit(network, 0, governance.Propose(0, 0, renewal));
        Commit(network, 0, governance.Approve(0, 1, renewal));
        return (activation, renewal);
    }

    private static SignedTransaction Vote(SimulatedNetwork network, TestNetwork files, ProposalDocument renewal) => new Governance(files).Approve(network.Status(0).Height.Value - 1, 3, renewal);

    private static ProposalRecord Proposal(SimulatedNetwork network, ProposalDocument document) =>
        network.TryGetState(0, StateKeys.Proposal(Protocol.Cryptography.Sm3.Hash(Google.Protobuf.MessageExtensions.ToByteArray(document))), out var bytes) ? ProposalRecord.Parser.ParseFrom(bytes.Span) : new ProposalRecord();

    private static void Advance(SimulatedNetwork network, TestNetwork files, ulong to)
    {
        while (network.Status(0).Height.Value < to) Commit(network, 0, files.Transaction(0, network.Status(0).Height.Value + 100));
        network.Run(() => Enumerable.Range(0, 4).All(node => network.Fault(node) is not null || network.IsCut(node) || network.Status(node).Height.Value >= to));
    }

    private static string? Refused(SimulatedNetwork network, SignedTransaction transaction)
    {
        var submission = network.Submit(0, transaction);
        network.Run(() => submission.Result.IsCompleted);
        return submission.Result.Result.Refusal?.Code;
    }

    private static ulong Commit(SimulatedNetwork network, int node, SignedTransaction transaction)
    {
        Submission submission = network.Submit(node, transaction);
        network.Run(() => submission.Result.IsCompleted);
        var result = submission.Result.Result;
        Assert.True(result.Receipt is { Applied: true }, $"{result.Refusal} {result.Receipt?.Code} {result.Receipt?.Detail}");
        return result.Height!.Value.Value;
    }
}
