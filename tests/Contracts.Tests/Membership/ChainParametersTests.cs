using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Membership;

public sealed class ChainParametersTests
{
    [Fact]
    public void Defaults_are_within_their_own_bounds_and_round_trip()
    {
        Assert.True(ChainParameters.TryFrom(ChainParameters.Default.ToRecord(), out var parameters, out _));
        Assert.Equal(ChainParameters.Default, parameters);
    }

    [Fact]
    public void Each_parameter_has_bounds_that_its_refusal_names()
    {
        Refuses("max_block_bytes", p => p.MaxBlockBytes = 64 * 1024 * 1024);
        Refuses("max_block_transactions", p => p.MaxBlockTransactions = 0);
        Refuses("max_transaction_bytes", p => p.MaxTransactionBytes = 1);
        Refuses("validity_window", p => p.ValidityWindow = 1);
        Refuses("round_timeout_ms", p => p.RoundTimeoutMs = 60_001);
        Refuses("heartbeat_ms", p => p.HeartbeatMs = 0);
        Refuses("drift_ms", p => p.DriftMs = uint.MaxValue);
    }

    [Fact]
    public void Block_holds_at_least_one_of_the_largest_transactions() =>
        Refuses("max_block_bytes", p => (p.MaxBlockBytes, p.MaxTransactionBytes) = (64 * 1024, 128 * 1024));

    [Fact]
    public void State_without_parameters_is_no_chains_state() => Assert.Throws<InvalidOperationException>(() => ChainParameters.Read(new MemoryState([])));

    private static void Refuses(string name, Action<ParametersRecord> spoil)
    {
        var record = ChainParameters.Default.ToRecord();
        spoil(record);
        Assert.False(ChainParameters.TryFrom(record, out _, out var error));
        Assert.StartsWith($"parameters.{name} is", error, StringComparison.Ordinal);
    }
}
