using LicenceChain.Verifier.Tests.Support;
using LicenceChain.Verifier.Verifications;

namespace LicenceChain.Verifier.Tests.Verifications;

[Collection(OneNetwork.Name)]
public sealed class VerificationSlotsTests(TestNetwork network)
{
    [Fact]
    public void No_more_verifications_are_under_way_than_configured_and_a_slot_returns_once()
    {
        var slots = new VerificationSlots(TestNetwork.Configuration(network.Office) with { MaxVerifications = 2 });
        var first = slots.TryTake();
        var second = slots.TryTake();
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(slots.TryTake());
        first.Dispose();
        first.Dispose();
        Assert.NotNull(slots.TryTake());
        Assert.Null(slots.TryTake());
    }
}
