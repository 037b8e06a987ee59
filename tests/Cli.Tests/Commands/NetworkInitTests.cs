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
