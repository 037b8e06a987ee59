using System.Diagnostics;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Output;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Up;

/// <summary>Runs requests.csv: the holders' grants onto the chain first, then each request through the Verifier of the region that asks.</summary>
internal sealed class RequestsStep(UpContext context)
{
    // Well-formed and synthetic, and of no member: the area is Beijing's, outside the samples' agreement.
    private static readonly OrganisationCode Outsider = OrganisationCode.Mint("11110000MB1LC0009");

    // A life of a grant that is to expire: short enough to wait for, long enough to be registered, also on a busy machine.
    private const int RegistrationsInALife = 4;
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(10);

    // A grant expires by this machine's clock and by that of the chain's next block; neither calls.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    // Longer than the heartbeat, which makes a block even when nobody asks for one.
    private static readonly TimeSpan MostWait = TimeSpan.FromMinutes(2);

    private readonly ScenarioGrants _grants = new(context);

    public async Task<RequestsResult> RunAsync(CancellationToken cancel)
    {
        // 1. What each row means on this chain, with the grants that the holders sign. Those that are to expire come last, with a life that suffices
        //    to get them onto this chain at the pace it shows.
        var others = await CasesAsync(request => request.Scenario != Scenario.GrantExpired, default, cancel);
        var slowest = await _grants.RegisterAsync(others, cancel);
        await _grants.SpoilAsync(others, cancel);
        var shortLife = slowest * RegistrationsInALife > ShortestLife ? slowest * RegistrationsInALife : ShortestLife;
        var expiring = await CasesAsync(request => request.Scenario == Scenario.GrantExpired, shortLife, cancel);
        await _grants.RegisterAsync(expiring, cancel);

        // 2. The requests, many at once; those under grants that are to have ended wait until block time says so.
        var verifier = new RequestRun(context);
        var started = Stopwatch.GetTimestamp();
        var outcomes = await Progress.RunAsync(context.Terminal.Console, "Verifying 核验", context.Samples.Requests.Count, async done =>
        {
            List<RequestCase> heldBack = [.. others.Where(one => expiring.Count > 0 && one.Request.Scenario == Scenario.Granted).TakeLast(1)];
            var first = await InFlight.RunAsync([.. others.Except(heldBack)], InFlight.Verifications, verifier.AskAsync, cancel, done);
            await WaitForWallClockAsync(expiring, cancel);
            // A use of a grant makes a block at once, whose time is past the end that is waited for. Without one the chain's heartbeat makes it.
            var last = await InFlight.RunAsync(heldBack, InFlight.Verifications, verifier.AskAsync, cancel, done);
            await WaitForBlockTimeAsync(expiring, cancel);
            var second = await InFlight.RunAsync(expiring, InFlight.Verifications, verifier.AskAsync, cancel, done);
            return first.Concat(last).Concat(second).OrderBy(outcome => outcome.Case.Request.Name, StringComparer.Ordinal).ToList();
        });
        return new RequestsResult(outcomes, Stopwatch.GetElapsedTime(started));
    }

    private async Task<List<RequestCase>> CasesAsync(Func<SampleRequest, bool> which, TimeSpan shortLife, CancellationToken cancel)
    {
        var now = await NowAsync(cancel);
        return [.. context.Samples.Requests.Where(which).Select(request => Case(request, now, shortLife))];
    }

    private RequestCase Case(SampleRequest request, UnixTime now, TimeSpan shortLife)
    {
        var licence = context.Plan[request.Serial];
        var asked = request.Scenario == Scenario.UnknownLicence ? context.Plan.NeverIssued(request.Serial) : licence.Id;
        var requester = request.Scenario == Scenario.RequesterNotAMember ? Outsider : context.Bureau(request.Region);
        if (ScenarioGrant.IsNone(request.Scenario)) return new RequestCase(request, licence, asked, requester, null, default);
        var terms = ScenarioGrant.Terms(request, licence.Id, requester, OtherMatter(request.Matter), now, shortLife);
        return new RequestCase(request, licence, asked, requester, context.HolderOf(licence).Grant(context.Directory.Chain, terms), terms.Until);
    }

    private string OtherMatter(string matter) => context.Samples.Matters.Keys.Where(code => code != matter).Order(StringComparer.Ordinal).First();

    private static async Task WaitForWallClockAsync(List<RequestCase> expiring, CancellationToken cancel)
    {
        while (expiring.Exists(one => one.GrantUntil.Milliseconds >= WallClock())) await Task.Delay(Poll, cancel);
    }

    private async Task WaitForBlockTimeAsync(List<RequestCase> expiring, CancellationToken cancel)
    {
        if (expiring.Count == 0) return;
        var until = expiring.Max(one => one.GrantUntil.Milliseconds);
        var waited = Stopwatch.GetTimestamp();
        while (await HeadTimeAsync(cancel) is var head && head.Milliseconds < until)
        {
            if (Stopwatch.GetElapsedTime(waited) > MostWait) throw new CommandFailure(ExitCode.Negative, "The chain made no block for two minutes.");
            await Task.Delay(Poll, cancel);
        }
    }

    // After a pause the head is old, and the next block is of now.
    private async Task<UnixTime> NowAsync(CancellationToken cancel) => new(Math.Max((await HeadTimeAsync(cancel)).Milliseconds, WallClock()));

    private static ulong WallClock() => (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>The earliest head time of all nodes: what every one of them knows to have passed.</summary>
    private async Task<UnixTime> HeadTimeAsync(CancellationToken cancel)
    {
        var regions = context.Directory.Regions;
        var heads = await InFlight.RunAsync(regions, InFlight.Reads, (region, token) => context.Clients.Node(region.Code).GetStatusAsync(token), cancel);
        return new UnixTime(heads.Min(head => head.HeadTimeMs));
    }
}
