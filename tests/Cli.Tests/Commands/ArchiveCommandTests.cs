namespace LicenceChain.Cli.Tests.Commands;

public sealed class ArchiveCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_node_that_runs_is_left_alone_and_the_operator_hears_what_to_do()
    {
        await CommandRun.OfAsync("network", "init", "--out", _folder.File("net"));
        var node = Directory.GetDirectories(_folder.File("net/nodes"))[0];
        await using var running = new FileStream(Path.Combine(node, "data", "LOCK"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var run = await CommandRun.OfAsync("node", "archive", "--config", Path.Combine(node, "node.json"), "--below", "10", "--to", _folder.File("archive"));

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("Stop the node first", run.Error, StringComparison.Ordinal);
        Assert.Contains("keepBlocks", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("archive")));
    }

    [Fact]
    public async Task A_node_without_a_chain_has_nothing_to_archive()
    {
        await CommandRun.OfAsync("network", "init", "--out", _folder.File("net"));
        var node = Directory.GetDirectories(_folder.File("net/nodes"))[0];

        var run = await CommandRun.OfAsync("node", "archive", "--config", Path.Combine(node, "node.json"), "--below", "10", "--to", _folder.File("archive"));

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("no chain yet", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_is_not_there_is_named()
    {
        await CommandRun.OfAsync("network", "init", "--out", _folder.File("net"));

        var verify = await CommandRun.OfAsync("archive", "verify", _folder.File("nowhere"), "--anchor", _folder.File("net/anchor.json"));
        var prove = await CommandRun.OfAsync("archive", "prove", _folder.File("nowhere"), "--transaction", new string('7', 64), "--out", _folder.File("proof.bin"));

        Assert.All([verify, prove], run =>
        {
            Assert.Equal((int)ExitCode.BadInput, run.Exit);
            Assert.Contains("nowhere", run.Error, StringComparison.Ordinal);
        });
        Assert.False(File.Exists(_folder.File("proof.bin")));
    }

    [Fact]
    public async Task Rubbish_for_a_transaction_is_told_from_one_that_is_not_there()
    {
        var archive = Directory.CreateDirectory(_folder.File("archive")).FullName;

        var rubbish = await CommandRun.OfAsync("archive", "prove", archive, "--transaction", "12", "--out", _folder.File("proof.bin"));
        var absent = await CommandRun.OfAsync("archive", "prove", archive, "--transaction", new string('7', 64), "--out", _folder.File("proof.bin"));

        Assert.Equal(((int)ExitCode.BadInput, (int)ExitCode.Negative), (rubbish.Exit, absent.Exit));
        Assert.Contains("64 hexadecimal digits", rubbish.Error, StringComparison.Ordinal);
        Assert.Contains("归档中无此交易", absent.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
