using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Tests.Configuration;

public sealed class VerifierConfigurationTests : IDisposable
{
    private const string Organisation = "11110000000021135M";

    private readonly string _folder = Directory.CreateTempSubdirectory("lc-verifier-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Paths_in_the_file_are_relative_to_its_own_folder()
    {
        var configuration = Read(Sound());
        Assert.Equal(Path.Combine(_folder, "data"), configuration.DataDirectory);
        Assert.Equal(Path.GetFullPath(Path.Combine(_folder, "../../anchor.json")), configuration.AnchorPath);
        Assert.Equal("127.0.0.1:7105", configuration.Listen.ToString());
        Assert.Equal(TimeSpan.FromMinutes(3), configuration.MaxProofAge);
    }

    [Theory]
    [InlineData("\"region\": \"110000\", \"anchor\"", "\"region\": \"11\", \"anchor\"", "'11' is no region code")]
    [InlineData("\"region\": \"110000\", \"anchor\"", "\"region\": \"310000\", \"anchor\"", "this Verifier's own")]
    [InlineData("\"restPort\": 7105", "\"restPort\": 7105, \"colour\": 1", "colour")]
    [InlineData("\"restPort\": 7105", "\"restPort\": 7105, \"checkpointSeconds\": 0", "checkpointSeconds")]
    [InlineData("\"restPort\": 7105", "\"restPort\": 7105, \"maxProofAgeSeconds\": 1", "maxProofAgeSeconds")]
    [InlineData("\"anchor\": \"../../anchor.json\",", "", "anchor")]
    [InlineData("\"nodes\": [", "\"nodes\": [null, ", "nodes: an entry is null")]
    [InlineData("http://127.0.0.1:7101/", "http://127.0.0.1:7101/v1", "http://host:port/")]
    public void A_wrong_setting_is_named(string sound, string wrong, string says)
    {
        var refused = Assert.Throws<VerifierConfigurationException>(() => Read(Sound().Replace(sound, wrong, StringComparison.Ordinal)));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(_folder, "missing.json");
        Assert.Contains(path, Assert.Throws<VerifierConfigurationException>(() => VerifierConfigurationFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_changed_is_read_or_refused_by_name()
    {
        string[] spoilers = ["", "null", "-1", "99999999999", "2147483647", "{}", "[]", "\"\"", "\\u0000", "\\ud800", "\"", ","];
        var sound = Sound();
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var at = random.Next(sound.Length);
            var changed = sound[..at] + spoilers[random.Next(spoilers.Length)] + sound[int.Min(sound.Length, at + random.Next(30))..];
            return Record.Exception(() => Read(changed)) is null or VerifierConfigurationException;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400)); // prints the seed of a failure
    }

    private VerifierConfiguration Read(string json)
    {
        var path = Path.Combine(_folder, "verifier.json");
        File.WriteAllText(path, json);
        return VerifierConfigurationFile.Read(path);
    }

    private static string Sound() => $$"""
        {
          "organisation": "{{Organisation}}", "region": "110000", "anchor": "../../anchor.json", "keystore": "keys.json", "passphraseFile": "../../passphrase",
          "serviceKey": "service", "dataDirectory": "data", "listenAddress": "127.0.0.1", "restPort": 7105, "tokenPublicKeys": ["tokens.pub"],
          "nodeTokenKey": "../../tokens.key",
          "nodes": [{ "region": "110000", "organisation": "{{Organisation}}", "rest": "http://127.0.0.1:7101/", "grpc": "http://127.0.0.1:7102/" }]
        }
        """;
}
