using LicenceChain.Node.Network;
using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Snapshots;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Tests.Standings;

/// <summary>Keys and certificates: 90, 30 and 7 days before their end somebody is told.</summary>
public sealed class ExpiryTests : ILogger, IShownCertificate, IAsyncLifetime
{
    private static readonly UnixTime Start = new(1_800_000_000_000);

    private readonly TestNetwork _files = SnapshotChain.Files();
    private readonly List<(LogLevel Level, string Line)> _logged = [];

    [Fact]
    public void The_stages_begin_90_30_and_7_days_before_the_last_instant()
    {
        var one = new Expiring(ExpiryKind.LinkCertificate, default, Start);
        ExpiryStage Before(ulong days, ulong ms) => ExpiryWatch.Stage(one, new UnixTime(Start.Milliseconds - (days * ExpiryWatch.DayMs) - ms));

        Assert.Equal((ExpiryStage.Far, ExpiryStage.Quarter), (Before(90, 1), Before(90, 0)));
        Assert.Equal((ExpiryStage.Quarter, ExpiryStage.Month), (Before(30, 1), Before(30, 0)));
        Assert.Equal((ExpiryStage.Month, ExpiryStage.Week), (Before(7, 1), Before(7, 0)));
        Assert.Equal(ExpiryStage.Week, ExpiryWatch.Stage(one, Start.Plus(ExpiryWatch.DayMs)));
    }

    [Fact]
    public void Each_stage_is_logged_once_and_the_last_week_as_an_error()
    {
        using var folder = new TemporaryFolder();
        using var chain = new SnapshotChain(_files, folder);
        var keeper = new ExpiryKeeper(chain.Chain, _files.Members[0].Service.PublicKey.Id, this, this);
        for (var daysBefore = 100ul; daysBefore > 0; daysBefore--)
            keeper.Look(_files.Members[0].Consensus.PublicKey.Id, new UnixTime(Start.Milliseconds - (daysBefore * ExpiryWatch.DayMs)));
        keeper.Look(_files.Members[0].Consensus.PublicKey.Id, Start.Plus(1));

        Assert.Equal([LogLevel.Warning, LogLevel.Warning, LogLevel.Error], _logged.Select(one => one.Level));
        Assert.Equal(["in 90 days", "in 30 days", "in 7 days"], _logged.Select(one => one.Line.Split("expires ")[1].Split(',')[0]));
        Assert.StartsWith("Its link certificate expired on 2027-01-15 08:00 UTC", keeper.Alarm(Start.Plus(1)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_is_watched_the_nearest_first()
    {
        using var folder = new TemporaryFolder();
        using var chain = new SnapshotChain(_files, folder);
        var member = _files.Members[1];
        var all = ExpiryWatch.Read(chain.Chain.State, member.Consensus.PublicKey.Id, member.Service.PublicKey.Id, Start);

        Assert.Equal((ExpiryKind.LinkCertificate, Start), (all[0].Kind, all[0].At));
        Assert.Equal([ExpiryKind.ConsensusKey, ExpiryKind.ServiceKey, ExpiryKind.GoverningKey], all.Skip(1).Select(one => one.Kind).Order());
        Assert.Equal(member.Govern.PublicKey.Id, all.Single(one => one.Kind == ExpiryKind.GoverningKey).Key);
    }

    UnixTime IShownCertificate.Expires => Start;

    string? IShownCertificate.Missing => null;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _logged.Add((logLevel, formatter(state, exception)));

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => _files.DisposeAsync().AsTask();
}
