using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Sdk.Tests.Client;

public sealed class EventCursorTests
{
    [Fact]
    public void An_id_comes_back_as_the_place_that_it_names() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<uint>(), ArbMap.Default.ArbFor<uint>(), (height, transaction, index) =>
            EventCursor.TryParse(new EventCursor(height, transaction, index).ToString(), out var read) && read == new EventCursor(height, transaction, index)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_is_canonical() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => !EventCursor.TryParse(text, out var read) || read.ToString() == text).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("+1.2.3")]
    [InlineData("1. 2.3")]
    [InlineData("1.2.4294967296")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_id_is_refused(string? text) => Assert.False(EventCursor.TryParse(text, out _));

    [Fact]
    public void Cursors_order_as_the_chain_does()
    {
        Assert.True(new EventCursor(1, 9, 9) < new EventCursor(2, 0, 0));
        Assert.True(new EventCursor(2, 0, 1) > new EventCursor(2, 0, 0));
    }
}
