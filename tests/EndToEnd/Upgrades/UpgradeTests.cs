using System.Globalization;
using LicenceChain.EndToEnd.Faults;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Xunit.Abstractions;

namespace LicenceChain.EndToEnd.Upgrades;

/// <summary>From version 1 of the protocol to version 2, by the runbook's steps, while clients go on.</summary>
public sealed class UpgradeTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Heights from the proposal to the activation: five rehearsals and three restarts at five blocks a second, and then some.
    private const ulong Lead = 240;

    // Clients wait at this distance below the height for those who are not yet upgraded.
    private const ulong Margin = 60;

    private const int Late = 3;

    private static readonly TimeSpan UntilItExpires = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UntilTheHeight = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(15));
    private UpgradeNetwork _network = null!;

    public async Task InitializeAsync() => _network = await UpgradeNetwork.StartAsync(output.WriteLine, _stop.Token);

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task An_upgrade_is_rehearsed_attested_voted_and_activated_under_load_and_loses_nothing()
    {
        var renewal = await LetAGoverningKeyExpireAsync();
        await _network.LoadAsync();

        // 1. Voted; every old program says that it is due.
        var activation = await _network.HeightAsync(0) + Lead;
        var proposed = await _network.GovernAsync("upgrade", "--version", "2", "--at", activation.ToString(CultureInfo.InvariantCulture));
        Assert.Contains("upgrade-due", await _network.RunAsync(1, "why", "--dir", _network.Root), StringComparison.Ordinal);

        // 2. Rehearsed beside the running nodes, and attested, by the observer too.
        for (var node = 0; node <= UpgradeNetwork.Observer; node++)
        {
            await WaitBelowAsync(activation);
            await AttestAsync(node);
        }

        var shown = await _network.RunAsync(0, "governance", "show", proposed.Split("id ")[1][..(2 * Hash256.Size)], "--dir", _network.Root);
        Assert.Contains("by 4 of 4 validators", shown, StringComparison.Ordinal);
        Assert.Equal(UpgradeNetwork.Observer + 1, shown.Split("equal to this node's header").Length - 1);

        // 3. All but one restarted on the new program, one after the other.
        foreach (var node in (int[])[UpgradeNetwork.Observer, 0, 1, 2])
        {
            await WaitBelowAsync(activation);
            await _network.UpgradeAsync(node);
        }

        // 4. Below the height the rule of version 2 does not hold.
        Assert.True(await _network.HeightAsync(0) < activation - 1);
        Assert.Equal(TransactionCodes.InactiveKey, await _network.CallAsync(Late, "approve", UpgradeNetwork.Approval(renewal)));

        // 5. At the height the old program stops, and the chain goes on.
        await _network.LoadAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(UntilTheHeight);
        Assert.Equal(6, await _network[Late].ExitAsync(limit.Token));
        Assert.Contains($"Height {activation} is decided under protocol version 2; this program supports version 1.", _network[Late].Output, StringComparison.Ordinal);
        var before = _network.Log.Count;
        await Await.UntilAsync("clients go on above the height", async () => await _network.HeightAsync(0) > activation && _network.Log.Count > before + 20);
        Assert.Equal(Refusal.Ok, await _network.CallAsync(Late, "approve", UpgradeNetwork.Approval(renewal)));
        await _network.GovernAsync("parameters", "--set", "heartbeat_ms=50000", "--as", _network.Network.Directory.Regions[Late].Code.Value);

        // 6. The late one catches up on the new program.
        await _network.UpgradeAsync(Late);
        await Await.UntilAsync("it votes", async () =>
        {
            using var client = _network.Client(Late);
            return await client.GetStatusAsync(_stop.Token) is { Validator: true, Alarm: "" };
        });
        await _network.PauseAsync();
        await AssertNothingIsLostAsync(activation);
    }

    // Two of the three votes that renew it are there; the third is its own to give.
    private async Task<ProposalDocument> LetAGoverningKeyExpireAsync()
    {
        var now = new UnixTime((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var expires = now.Plus((ulong)UntilItExpires.TotalMilliseconds);
        using var client = _network.Client(0);
        var height = (await client.GetStatusAsync(_stop.Token)).Height;
        var shorten = new ProposalDocument { Title = "Shorten", ExpiresHeight = height + 100, Changes = { await _network.GovernsAsync(Late, expires) } };
        var renewal = new ProposalDocument { Title = "Renew", ExpiresHeight = height + 100_000, Changes = { await _network.GovernsAsync(Late, expires.Plus(1_000_000_000)) } };
        foreach (var document in (ProposalDocument[])[shorten, renewal])
        {
            Assert.Equal(Refusal.Ok, await _network.CallAsync(0, "propose", new ProposeChange { Document = document }));
            Assert.Equal(Refusal.Ok, await _network.CallAsync(1, "approve", UpgradeNetwork.Approval(document)));
            if (document == shorten) Assert.Equal(Refusal.Ok, await _network.CallAsync(2, "approve", UpgradeNetwork.Approval(document)));
        }

        await Await.UntilAsync("the key has expired", () => Task.FromResult((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > expires.Milliseconds));
        return renewal;
    }

    // A slow machine must not reach the height before it is upgraded.
    private async Task WaitBelowAsync(ulong activation)
    {
        if (await _network.HeightAsync(0) + Margin >= activation) await _network.PauseAsync();
    }

    private async Task AttestAsync(int node)
    {
        var region = _network.Network.Directory.Regions[node];
        var token = _network.Network.Token(region.Bureau, Hosting.Tokens.TokenRoles.Service);
        Assert.Contains("every root is equal", await _network.RunAsync(0, "node", "rehearse", "--config", _network[node].Configuration, "--submit", "--token", token), StringComparison.Ordinal);
        using var client = _network.Client(node);
        var record = (await client.GetAttestationAsync(region.Bureau, _stop.Token))!.Record.Rehearsal;
        var header = (await client.GetBlockAsync(new Height(record.ToHeight), _stop.Token))!.Block.Header;
        Assert.Equal((2u, 1ul), (record.HighestVersion, record.FromHeight));
        Assert.Equal((header.Digest, header.Fields.StateRoot), (Hash256.From(record.LastDigest.Span), Hash256.From(record.StateRoot.Span)));
    }

    private async Task AssertNothingIsLostAsync(ulong activation)
    {
        var nodes = Enumerable.Range(0, UpgradeNetwork.Observer + 1);
        var audit = await ChainAudit.RunAsync(_network.Network, nodes, await _network.HeightAsync(0), _network.Log, new HashSet<int>(), _stop.Token);
        output.WriteLine($"audit: {_network.Log.Count} acknowledged, {audit.Transactions} transactions in {audit.Blocks} blocks of 5 nodes; activation at {activation}");
        Assert.Empty(audit.Findings);

        // Whoever verifies offline needs no program for either version: headers and proofs are the same.
        using var client = _network.Client(0);
        var acknowledged = _network.Log.All();
        foreach (var promise in (Acknowledgement[])[acknowledged.Last(a => a.Height.Value < activation), acknowledged.First(a => a.Height.Value >= activation)])
        {
            var proof = await client.GetTransactionProofAsync(promise.Transaction, _stop.Token);
            Assert.Equal(promise.Height, proof!.Header.Height);
            Assert.NotNull(proof.Verify(_network.Network.Directory.Anchor));
        }
    }
}
