using Google.Protobuf;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Divergence;
using LicenceChain.Node.Tests.Loop;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Tests.BlockProduction;

/// <summary>A version of the protocol that this program does not know.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private const ulong Activation = 4;

    private readonly TestNetwork _files = TestNetwork.Create();

    [Fact]
    public void A_program_that_does_not_know_the_version_warns_and_then_stops_before_its_height()
    {
        using var network = Network(version: 3);
        network.Submit(0, _files.Transaction(0, validUntil: 100));
        network.Run(() => network.Why(0).Own.Standing is { Reason: "upgrade-due", Height.Value: > 0 });
        Assert.Contains($"version 3 is in force from height {Activation}", network.Why(0).Own.Standing.Detail, StringComparison.Ordinal);

        var submitted = 0ul;
        network.Run(() =>
        {
            var height = network.Status(0).Height.Value;
            if (height < Activation - 1 && submitted < height) network.Submit(0, _files.Transaction(0, validUntil: submitted++ + 100));
            return Enumerable.Range(0, 4).Any(node => network.Fault(node) is not null);
        });

        var fault = Assert.IsType<OutdatedProgramException>(Enumerable.Range(0, 4).Select(network.Fault).First(one => one is not null));
        Assert.Contains($"Height {Activation} is decided under protocol version 3; this program supports version 1 to 2.", fault.Message, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 4), node => Assert.True(network.Status(node).Height.Value < Activation));
    }

    [Fact]
    public void A_program_that_knows_the_version_goes_on()
    {
        using var network = Network(version: 2);
        for (var i = 0; i < 8; i++)
        {
            var submission = network.Submit(0, _files.Transaction(0, validUntil: 100));
            network.Run(() => submission.Result.IsCompleted);
        }

        Assert.True(network.Status(0).Height.Value > Activation);

        Assert.Null(network.Fault(0));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _files.DisposeAsync();

    // As if governance had scheduled it before: the state of every node says so.
    private SimulatedNetwork Network(uint version) => new(_files, (_, store) => new FaultyStateStore(store)
    {
        Wrong = (StateKeys.Upgrade, new UpgradeRecord { CurrentVersion = 1, NextVersion = version, ActivationHeight = Activation }.ToByteArray()),
    })
    {
        ToleratesFaults = true,
    };
}
