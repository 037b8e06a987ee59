using System.Net;
using System.Net.Sockets;
using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Tests.Samples;

namespace LicenceChain.Cli.Tests.Commands;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("no-such-command")]
    [InlineData("up", "--no-such-option")]
    [InlineData("up", "--base-port", "80")]
    [InlineData("up", "--base-port", "many")]
    [InlineData("token", "--role", "emperor")]
    [InlineData("token", "--role", "auditor", "--hours", "25")]
    [InlineData("node", "rehearse", "--config", "node.json", "--submit", "--token", "two\nlines")]
    [InlineData("why", "--node", "http://127.0.0.1:1", "--token", "two words")]
    [InlineData("why", "--node", "127.0.0.1")]
    [InlineData("node", "run")]
    [InlineData("present", "S000001")]
    public async Task A_wrong_command_line_is_exit_code_2(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Up_with_a_broken_row_says_where_and_creates_nothing()
    {
        using var samples = new SampleCopy();
        using var folder = new TemporaryFolder();
        samples.SetField("licences.csv", 4, 7, "soon");
        var directory = folder.File("network");

        var run = await CommandRun.OfAsync("up", "--exit", "--samples", samples.Path, "--dir", directory);

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("licences.csv, line 4, column 7 (issueDate)", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Up_with_a_missing_file_names_it_and_creates_nothing()
    {
        using var samples = new SampleCopy();
        using var folder = new TemporaryFolder();
        samples.Delete("matters.json");

        var run = await CommandRun.OfAsync("up", "--exit", "--samples", samples.Path, "--dir", folder.File("network"));

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("matters.json: is missing", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Up_never_touches_a_folder_that_is_not_its_own(bool fresh)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("thesis.txt"), "years of work");

        var run = await CommandRun.OfAsync(["up", "--exit", "--dir", folder.Path, .. fresh ? ["--fresh"] : Array.Empty<string>()]);

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("was not touched", run.Error, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(folder.File("thesis.txt")));
    }

    [Fact]
    public async Task Up_on_a_busy_port_names_it_and_creates_nothing()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var busy = ((IPEndPoint)listener.LocalEndpoint).Port;

        var run = await CommandRun.OfAsync("up", "--exit", "--dir", folder.File("network"), "--base-port", $"{busy - 1}");

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains($"{busy}", run.Error, StringComparison.Ordinal);
        Assert.Contains("--base-port", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Verify_of_a_file_that_is_not_there_says_so()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("network", "init", "--out", folder.File("network"));

        var run = await CommandRun.OfAsync("verify", folder.File("shown.bin"), "--dir", folder.File("network"));

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("There is no file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_a_json_licence_names_the_member_and_no_line()
    {
        var problems = new SampleProblems();

        new CsvRow("my-licence.json", null, ["issuer"], ["x"], problems).Organisation("issuer");

        Assert.StartsWith("my-licence.json ($.issuer):", Assert.Single(problems.Shown).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_a_network_says_how_to_start_one()
    {
        using var folder = new TemporaryFolder();

        var run = await CommandRun.OfAsync("audit", "S000001", "--dir", folder.File("network"));

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains("licencechain up", run.Error, StringComparison.Ordinal);
    }
}
