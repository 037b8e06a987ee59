using System.Net;
using System.Net.Sockets;

namespace LicenceChain.EndToEnd;

/// <summary>The main job, on a small set of samples of the same shape as network-config/samples (generate.py --licences 240 --requests 90 --seed 8).</summary>
public sealed class UpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("licencechain-up-").FullName;

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Up_ends_well_when_every_outcome_and_its_reason_was_the_expected_one_and_a_second_up_goes_on()
    {
        var first = await UpAsync(Samples);
        Assert.True(first.ExitCode == 0, first.Output);
        foreach (var scenario in (string[])["granted", "no-grant", "tampered", "licence-revoked", "requester-not-a-member"])
            Assert.Contains(scenario, first.Output, StringComparison.Ordinal);

        var second = await UpAsync(Samples);
        Assert.True(second.ExitCode == 0, second.Output);
    }

    [Fact]
    public async Task A_broken_row_is_named_by_file_line_and_column_and_nothing_is_created()
    {
        var samples = CopySamples();
        var licences = Path.Combine(samples, "licences.csv");
        var lines = await File.ReadAllLinesAsync(licences);
        lines[4] = lines[4].Replace(lines[4].Split(',')[6], "2025-13-45", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(licences, lines);

        var run = await UpAsync(samples);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("licences.csv", run.Output, StringComparison.Ordinal);
        Assert.Contains("5", run.Output, StringComparison.Ordinal);
        Assert.Contains("issueDate", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_missing_file_is_named_and_nothing_is_created()
    {
        var samples = CopySamples();
        File.Delete(Path.Combine(samples, "matters.json"));

        var run = await UpAsync(samples);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("matters.json", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_busy_port_is_named_with_what_to_do()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var run = await CommandLineRun.OfAsync("up", "--exit", "--samples", Samples, "--dir", Data, "--base-port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), run.Output, StringComparison.Ordinal);
        Assert.Contains("--base-port", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_ours_is_not_deleted_by_fresh()
    {
        Directory.CreateDirectory(Data);
        var precious = Path.Combine(Data, "thesis.txt");
        await File.WriteAllTextAsync(precious, "mine");

        var run = await UpAsync(Samples, "--fresh");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(precious));
    }

    private Task<CommandLineRun> UpAsync(string samples, params string[] more) =>
        CommandLineRun.OfAsync(["up", "--exit", "--samples", samples, "--dir", Data, "--base-port", "17100", .. more]);

    private string CopySamples()
    {
        var copy = Path.Combine(_folder, "samples");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(Samples)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
