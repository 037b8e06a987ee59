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
    public async Task Regions_are_put_on_the_hosts_that_the_command_line_names()
    {
        using var folder = new TemporaryFolder();
        var directory = folder.File("net");

        var made = await CommandRun.OfAsync("network", "init", "--out", directory, "--host", "310000=10.1.0.31", "--host", "320000=fd00::32", "--json");
        var up = await CommandRun.OfAsync("up", "--dir", directory, "--exit");

        Assert.Equal(0, made.Exit);
        Assert.Equal(["http://10.1.0.31:7101/", "http://[fd00::32]:7111/", "http://127.0.0.1:7121/", "http://127.0.0.1:7131/"],
            made.Json.GetProperty("result").GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("rest").GetString()));
        Assert.Equal((int)ExitCode.BadInput, up.Exit); // it runs everything here
        Assert.Contains("10.1.0.31", up.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("310000", "REGION=ADDRESS")]
    [InlineData("310000=shanghai.example", "no address of a host")]
    [InlineData("310000=0.0.0.0", "every address")]
    [InlineData("310000=10.1.0.31:7100", "no address of a host")]
    [InlineData("999999=10.1.0.31", "999999")]
    [InlineData("110000=10.1.0.31", "does not")]
    [InlineData("310000=10.1.0.31,310000=10.1.0.32", "twice")]
    public async Task A_host_that_cannot_be_is_refused_and_nothing_is_written(string hosts, string says)
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.OfAsync(["network", "init", "--out", folder.File("net"), .. hosts.Split(',').SelectMany(host => new[] { "--host", host })]);

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
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
