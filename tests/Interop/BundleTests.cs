using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using LicenceChain.EndToEnd;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Interop;

/// <summary>What `licencechain verify --export` writes is verified again by a script that shares no code with us: SM2 and SM3 from sm-crypto, Protobuf from protobufjs.</summary>
public sealed class BundleTests : IAsyncLifetime
{
    private const string BasePort = "17300";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("licencechain-bundle-").FullName;
    private Process _network = null!;

    private string Network => Path.Combine(_folder, "network");

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples");

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "licencechain.dll"), "up", "--json", "--samples", Samples, "--dir", Network, "--base-port", BasePort])
        {
            RedirectStandardOutput = true,
        };
        _network = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using var limit = new CancellationTokenSource(StartLimit);
        var report = await _network.StandardOutput.ReadLineAsync(limit.Token);
        Assert.True(JsonDocument.Parse(report!).RootElement.GetProperty("ok").GetBoolean(), report);
    }

    public Task DisposeAsync()
    {
        _network.Kill(entireProcessTree: true);
        _network.WaitForExit();
        _network.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_script_that_shares_no_code_with_us_verifies_an_exported_bundle_and_refuses_a_changed_one()
    {
        var bundle = await ExportAsync();
        var anchor = Path.Combine(Network, "anchor.json");
        var (exitCode, output) = await Tool.NodeAsync("verify-bundle.mjs", bundle, anchor);
        Assert.True(exitCode == 0, output);
        Assert.True(JsonDocument.Parse(output).RootElement.GetProperty("valid").GetBoolean());

        foreach (var change in Changes)
        {
            var changed = VerificationBundle.Parser.ParseFrom(await File.ReadAllBytesAsync(bundle));
            change(changed);
            var file = Path.Combine(_folder, "changed.bin");
            await File.WriteAllBytesAsync(file, changed.ToByteArray());
            Assert.NotEqual(0, (await Tool.NodeAsync("verify-bundle.mjs", file, anchor)).ExitCode);
        }
    }

    /// <summary>One bit of each kind of evidence: header, quorum signature, tree path, record, disclosed attribute, holder's signature.</summary>
    private static IEnumerable<Action<VerificationBundle>> Changes =>
    [
        bundle => bundle.Proof.Header = Flip(bundle.Proof.Header),
        bundle => bundle.Proof.Certificate = Flip(bundle.Proof.Certificate),
        bundle => bundle.Proof.States[0].Siblings[0] = Flip(bundle.Proof.States[0].Siblings[0]),
        bundle => bundle.Proof.States[0].Value = Flip(bundle.Proof.States[0].Value),
        bundle => bundle.Presentation.Disclosures[0].Disclosure = Flip(bundle.Presentation.Disclosures[0].Disclosure),
        bundle => bundle.Presentation.HolderSignature = Flip(bundle.Presentation.HolderSignature),
    ];

    private static ByteString Flip(ByteString bytes)
    {
        var changed = bytes.ToByteArray();
        changed[^1] ^= 1;
        return ByteString.CopyFrom(changed);
    }

    /// <summary>Presents and verifies the first licence of a granted request, as a user would.</summary>
    private async Task<string> ExportAsync()
    {
        var (shown, bundle) = (Path.Combine(_folder, "shown.bin"), Path.Combine(_folder, "bundle.bin"));
        var request = (await File.ReadAllLinesAsync(Path.Combine(Samples, "requests.csv"))).First(line => line.Contains(",granted,", StringComparison.Ordinal)).Split(',');
        var (region, matter, licence, attributes) = (request[2], request[4], request[5], request[8].Replace(';', ','));

        var presented = await CommandLineRun.OfAsync(
            "present", licence, "--audience", region, "--matter", matter, "--attributes", attributes, "--authorise", "--out", shown, "--dir", Network);
        Assert.True(presented.ExitCode == 0, presented.Output);
        var verified = await CommandLineRun.OfAsync("verify", shown, "--export", bundle, "--dir", Network);
        Assert.True(verified.ExitCode == 0, verified.Output);
        return bundle;
    }
}
