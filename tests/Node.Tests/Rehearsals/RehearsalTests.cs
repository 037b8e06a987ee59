using LicenceChain.Node.Divergence;
using LicenceChain.Node.Rehearsals;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Rehearsals;

/// <summary>Before an upgrade: a program executes the chain's past again, beside the node.</summary>
public sealed class RehearsalTests(RunningNetwork running) : IClassFixture<RunningNetwork>
{
    private readonly TestNetwork _network = running.Network;

    [Fact]
    public async Task A_running_nodes_blocks_are_executed_again_to_the_same_roots_and_nothing_of_it_changes()
    {
        for (var i = 0; i < 5; i++) await _network.SubmitAsync(1, _network.Transaction(1, validUntil: 100));
        await _network.ReachAsync(0, 6);
        var before = Files();

        var heard = new List<ulong>();
        var report = Rehearsal.Run(_network.Configurations[0], new RehearsalOptions(), (height, _) => heard.Add(height.Value), CancellationToken.None);

        Assert.Equal("", report.Difference);
        Assert.Equal((1ul, 6L), (report.From.Value, report.Transactions));
        Assert.True(_network[0].Queries.TryGetBlock(report.To, out var last));
        Assert.Equal((last.Block.Header.Digest, last.Block.Header.Fields.StateRoot), (report.LastDigest, report.StateRoot));
        Assert.Equal(report.To.Value, heard[^1]);
        var after = Files();
        foreach (var (path, bytes) in before) Assert.True(after[path].AsSpan().StartsWith(bytes), $"{path} is not what it was."); // the node that runs may have added a block
    }

    [Fact]
    public void Data_without_blocks_is_said()
    {
        var empty = _network.Configurations[0] with { DataDirectory = Path.Combine(_network.Configurations[0].DataDirectory, "none") };

        Assert.Contains("holds no blocks", Assert.Throws<NodeFaultException>(() => Rehearsal.Run(empty, new RehearsalOptions(), (_, _) => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_receipt_that_differs_is_named()
    {
        var ids = Enumerable.Range(0, 3).Select(i => new TransactionId(Sm3.Hash([(byte)i]))).ToList();
        var stored = ids.Select(id => Receipt.ForApplied(id, [])).ToList();
        var here = stored.ToList();
        here[1] = Receipt.ForRefused(ids[1], new Refusal("LC-TX-010", "No contract has a method of that name."));

        Assert.Contains($"Transaction 1 ({ids[1]}) is the first whose receipt differs: LC-TX-010 here, OK in the block", ReceiptDifference.Describe(stored, here), StringComparison.Ordinal);
        Assert.StartsWith("Every receipt is the same", ReceiptDifference.Describe(stored, stored), StringComparison.Ordinal);
    }

    private Dictionary<string, byte[]> Files() =>
        Directory.EnumerateFiles(Path.Combine(_network.Configurations[0].DataDirectory, "blocks")).ToDictionary(path => path, Read, StringComparer.Ordinal);

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
