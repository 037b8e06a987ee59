using System.Net.Http.Json;
using System.Text;
using LicenceChain.Node.Configuration;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Audit;

/// <summary>One licence from issuing to releasing, with the refusals on the way: its values and the keys show nowhere but in the answer to whoever may see them.</summary>
[Collection(OneNetwork.Name)]
public sealed class PersonalDataTests(TestNetwork network)
{
    private static readonly string[] Values = ["高娟然", "310101196608182095", "上海市文化路459号", "文化路"];

    [Fact]
    public async Task Neither_logs_nor_blocks_nor_refusals_show_a_value_of_a_licence_or_a_secret()
    {
        var log = new LogLines();
        var licence = await network.IssueAsync();
        var configuration = TestNetwork.Configuration(network.OtherOffice);
        var refusals = new List<string>();
        await using (var verifier = await RunningVerifier.StartAsync(network, configuration, log: log))
        {
            var grant = await licence.GrantAsync(office: network.OtherOffice);
            var released = await verifier.VerifyAsync(licence.Ask(network.OtherOffice, grant, "address", "name"));
            Assert.Equal("高娟然", released.Attributes["name"]);

            foreach (var body in Refused(licence))
            {
                using var response = await verifier.Http.PostAsJsonAsync("v1/verifications", body);
                refusals.Add(await response.Content.ReadAsStringAsync());
            }

            refusals.Add(await verifier.Http.GetStringAsync("metrics"));
            refusals.Add(await verifier.Http.GetStringAsync($"v1/audit/licences/{licence.Id}"));
        }

        var secrets = await SecretsAsync();
        foreach (var value in Values.Concat(secrets))
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(value, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(network.NodeLog.Lines, line => line.Contains(value, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(refusals, text => text.Contains(value, StringComparison.OrdinalIgnoreCase));
        }

        Assert.NotEmpty(log.Lines);
        foreach (var file in Files(configuration.DataDirectory)) AssertClean(file);
    }

    // The chain of every node: blocks, state, votes.
    private IEnumerable<string> Files(string verifier) => network.Network.Regions
        .SelectMany(r => Directory.EnumerateFiles(NodeConfigurationFile.Read(r.NodeConfigurationPath).DataDirectory, "*", SearchOption.AllDirectories))
        .Where(f => Path.GetFileName(f) != "LOCK" && !f.Contains("vault-log", StringComparison.Ordinal)) // held by the node alone; the vault's tests read its records
        .Concat(Directory.EnumerateFiles(verifier, "*", SearchOption.AllDirectories));

    private VerificationBody[] Refused(TestLicence licence)
    {
        var sound = licence.Ask(network.OtherOffice, null);
        return
        [
            sound,
            sound with { Officer = Values[0] },
            sound with { Officer = Values[1] },
            sound with { Matter = Values[1] },
            sound with { Attributes = [Values[0], Values[2]] },
            sound with { LicenceId = Values[1] },
            sound with { Requester = Values[1] },
            sound with { GrantId = Values[1] },
            sound with { Nonce = Values[1] },
            sound with { Presentation = Convert.ToBase64String(Encoding.UTF8.GetBytes(Values[0])), LicenceId = null },
        ];
    }

    private async Task<string[]> SecretsAsync() =>
        [network.Network.Passphrase, .. (await File.ReadAllLinesAsync(network.Network.TokenKeyPath)).Where(line => line.Length > 40)];

    private static void AssertClean(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        foreach (var value in Values) Assert.True(copy.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) < 0, path);
    }
}
