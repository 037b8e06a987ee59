namespace LicenceChain.Cli.Tests.Commands;

public sealed class NetworkInitTests
{
    [Fact]
    public async Task A_network_is_written_whole_and_replaced_only_when_asked()
    {
        using var folder = new TemporaryFolder();
        var directory = folder.File("net");

        var made = await CommandRun.OfAsync("network", "init", "--out", directory, "--json");
        var again = await CommandRun.OfAsync("network", "init", "--out", directory);
        var fresh = await CommandRun.OfAsync("network", "init", "--out", directory, "--fresh", "--json");

        Assert.Equal(0, made.Exit);
        Assert.Equal(4, made.Json.GetProperty("result").GetProperty("regions").GetArrayLength());
        Assert.Equal((int)ExitCode.BadInput, again.Exit);
        Assert.Equal(0, fresh.Exit);
        Assert.NotEqual(Hash(made), Hash(fresh));
        Assert.Equal([directory], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_new_network_begins_under_the_latest_version_of_the_protocol_and_under_an_older_one_when_asked()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("network", "init", "--out", folder.File("latest"));
        await CommandRun.OfAsync("network", "init", "--out", folder.File("first"), "--protocol-version", "1");
        var unknown = await CommandRun.OfAsync("network", "init", "--out", folder.File("unknown"), "--protocol-version", "3");

        Assert.Contains($"\"protocolVersion\": {Protocol.ProtocolVersions.Supported.Highest}", File.ReadAllText(folder.File("latest/genesis.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("protocolVersion", File.ReadAllText(folder.File("first/genesis.json")), StringComparison.Ordinal); // an older program reads it
        Assert.NotEqual(0, unknown.Exit);
    }

    [Fact]
    public async Task A_token_of_the_network_is_printed_alone()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("network", "init", "--out", folder.File("net"));

        var run = await CommandRun.OfAsync("token", "--role", "auditor", "--dir", folder.File("net"));

        Assert.Equal(0, run.Exit);
        Assert.Equal(3, run.Output.Trim().Split('.').Length);
    }

    private static string? Hash(CommandRun run) => run.Json.GetProperty("result").GetProperty("genesisHash").GetString();
}
