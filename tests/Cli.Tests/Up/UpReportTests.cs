using System.Text.Json;
using LicenceChain.Cli.Output;
using LicenceChain.Cli.Up;

namespace LicenceChain.Cli.Tests.Up;

public sealed class UpReportTests
{
    private static readonly UpReport Report = new(
        "/data", Resumed: false, new IssuingResult(2000, 0, 1.5, 1333.3, 120, 250), FatesApplied: 2, Requests: 3,
        [
            new ScenarioSummary("granted", "已授权", 2, "recognised", "LC-REC-001", [new ActualOutcome("recognised", "LC-REC-001", 2, "Recognised.", "予以互认。")], Passed: true),
            new ScenarioSummary("no-grant", "未获授权", 1, "refused", "LC-REC-051", [new ActualOutcome("refused", "LC-REC-055", 1, "Expired.", "已过期。")], Passed: false),
        ],
        Audit: null, Endpoints: [], AsExpected: false);

    [Fact]
    public void As_json_it_is_one_object_that_scripts_can_rely_on()
    {
        var output = new StringWriter();

        var exit = new Terminal("up", output, TextWriter.Null, json: true).Report(ExitCode.Negative, Report, _ => throw new InvalidOperationException("Nothing is rendered."));

        var json = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(ExitCode.Negative, exit);
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.Equal(1, json.GetProperty("exit").GetInt32());
        var result = json.GetProperty("result");
        Assert.Equal(1333.3, result.GetProperty("issuing").GetProperty("transactionsPerSecond").GetDouble());
        Assert.Equal(120, result.GetProperty("issuing").GetProperty("p50Ms").GetDouble());
        Assert.Equal("LC-REC-055", result.GetProperty("scenarios")[1].GetProperty("actual")[0].GetProperty("code").GetString());
        Assert.False(result.GetProperty("asExpected").GetBoolean());
    }

    [Fact]
    public void As_text_it_shows_expected_and_actual_in_both_languages()
    {
        var output = new StringWriter();

        new Terminal("up", output, TextWriter.Null, json: false).Report(ExitCode.Negative, Report, console => UpReportView.Render(console, Report));

        var lines = output.ToString().Split('\n');
        Assert.Contains(lines, line => line.Contains("2000", StringComparison.Ordinal) && line.Contains("1333 tx/s, p50 120 ms, p99 250 ms", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("granted 已授权", StringComparison.Ordinal) && line.Contains("recognised 予以互认 LC-REC-001", StringComparison.Ordinal) && line.Contains('✓', StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("refused LC-REC-051", StringComparison.Ordinal) && line.Contains("refused 不予互认 LC-REC-055", StringComparison.Ordinal) && line.Contains('✗', StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
    }
}
