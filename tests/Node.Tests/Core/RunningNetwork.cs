namespace LicenceChain.Node.Tests.Core;

/// <summary>Four nodes that have committed a block, shared by the tests of a class.</summary>
public sealed class RunningNetwork : IAsyncLifetime
{
    internal TestNetwork Network { get; } = TestNetwork.Create();

    public async Task InitializeAsync()
    {
        await Network.StartAllAsync();
        await Network.SubmitAsync(0, Network.Transaction(0, validUntil: 100));
    }

    public async Task DisposeAsync() => await Network.DisposeAsync();
}
