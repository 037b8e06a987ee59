using LicenceChain.Cli.Network;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Cli.Tests.Network;

public sealed class FileLogTests
{
    private const int MaxBytes = 2_000;

    [Fact]
    public void A_log_never_holds_more_than_two_full_files_and_keeps_the_latest_lines()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("up.log");
        for (var run = 0; run < 2; run++) // what stands there when it starts counts too
        {
            using var log = new FileLog(path, MaxBytes);
            var logger = log.CreateLogger("Test");
            for (var i = 0; i < 200; i++) logger.Log(LogLevel.Information, default, (i, run), null, static (line, _) => $"line {line.i} of run {line.run}");
        }

        var files = Directory.GetFiles(folder.Path).Select(file => new FileInfo(file)).ToDictionary(file => file.Name, file => file.Length);
        Assert.Equal(["up.log", "up.log.1"], files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files.Values, length => Assert.InRange(length, 1, MaxBytes + 200));
        Assert.Contains("line 199 of run 1", File.ReadAllLines(path)[^1], StringComparison.Ordinal);
        var lines = File.ReadAllLines(path + ".1").Concat(File.ReadAllLines(path)).ToList();
        Assert.Equal(Enumerable.Range(200 - lines.Count, lines.Count), lines.Select(line => int.Parse(line.Split("line ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }
}
