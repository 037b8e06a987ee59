using System.Text.Json;

namespace LicenceChain.Cli.Tests.Commands;

public sealed class JsonTests
{
    [Fact]
    public async Task Success_is_one_object_with_command_ok_exit_and_result()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("secret"), "correct horse\n");

        var run = await CommandRun.OfAsync("keys", "generate", folder.File("keys.json"), "--label", "issue", "--passphrase-file", folder.File("secret"), "--json");

        Assert.Equal(0, run.Exit);
        Assert.Empty(run.Error);
        Assert.Equal("keys generate", run.Json.GetProperty("command").GetString());
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(0, run.Json.GetProperty("exit").GetInt32());
        Assert.Equal("issue", run.Json.GetProperty("result").GetProperty("keys")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task Failure_is_one_object_with_command_ok_exit_and_error()
    {
        var run = await CommandRun.OfAsync("up", "--samples", "/nowhere/at-all", "--json");

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Empty(run.Error);
        Assert.False(run.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(2, run.Json.GetProperty("exit").GetInt32());
        Assert.Equal(JsonValueKind.Array, run.Json.GetProperty("error").GetProperty("details").ValueKind);
        Assert.Single(run.Output.Trim().Split('\n'));
    }
}
