namespace LicenceChain.Cli.Tests.Commands;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public KeysCommandTests() => File.WriteAllText(_folder.File("secret"), "correct horse\n");

    private string Store => _folder.File("keys.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_that_were_generated_are_listed_and_exported()
    {
        await RunAsync("generate", Store, "--label", "consensus", "--label", "service");
        var listed = await RunAsync("list", Store, "--json");
        var exported = await RunAsync("export", Store, "--label", "service");

        var keys = listed.Json.GetProperty("result").GetProperty("keys");
        Assert.Equal(["consensus", "service"], keys.EnumerateArray().Select(key => key.GetProperty("label").GetString()));
        Assert.Equal(keys[1].GetProperty("publicKey").GetString(), exported.Output.Trim());
    }

    [Fact]
    public async Task A_public_key_in_pem_is_a_subject_public_key_info()
    {
        await RunAsync("generate", Store, "--label", "issue");

        var exported = await RunAsync("export", Store, "--label", "issue", "--format", "pem");

        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", exported.Output, StringComparison.Ordinal);
        // id-ecPublicKey with the SM2 curve: the same 26 bytes before every SM2 key of 65 bytes.
        Assert.StartsWith("MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAE", exported.Output.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keystore_is_never_overwritten()
    {
        await RunAsync("generate", Store, "--label", "issue");
        var before = File.ReadAllBytes(Store);

        var again = await RunAsync("generate", Store, "--label", "issue");

        Assert.Equal((int)ExitCode.BadInput, again.Exit);
        Assert.Equal(before, File.ReadAllBytes(Store));
    }

    [Fact]
    public async Task A_wrong_passphrase_is_bad_input()
    {
        await RunAsync("generate", Store, "--label", "issue");
        File.WriteAllText(_folder.File("secret"), "wrong horse\n");

        var listed = await RunAsync("list", Store);

        Assert.Equal((int)ExitCode.BadInput, listed.Exit);
        Assert.Contains("passphrase", listed.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync(["keys", .. args, "--passphrase-file", _folder.File("secret")]);
}
