namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Seven validators on hosts of their own; nothing where the machine allows none, and every test then says why it was skipped.</summary>
public sealed class HostNetworkFixture : FaultNetworkFixture
{
    private protected override NetworkKind Kind => NetworkKind.Hosts;

    public override Task InitializeAsync() => HostFactAttribute.WhyNot is null ? base.InitializeAsync() : Task.CompletedTask;

    public override Task DisposeAsync() => HostFactAttribute.WhyNot is null ? base.DisposeAsync() : Task.CompletedTask;
}
