using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.AccessLog;

namespace LicenceChain.Hosting.Tests.AccessLog;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0UL, 256)]
    [InlineData("tile/0/x001/x234/067", 0, 1234067UL, 256)]
    [InlineData("tile/3/x001/000.p/8", 3, 1000UL, 8)]
    public void Path_of_a_tile_round_trips(string text, int level, ulong number, int width)
    {
        Assert.True(TilePath.TryParse(text, out var path));
        Assert.Equal(new TilePath(level, number, width), path);
        Assert.Equal(text, path.ToString());
    }

    [Fact]
    public void Every_tile_has_one_path() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Tuple<byte, ulong, byte>>(), tile =>
        {
            var path = new TilePath(tile.Item1 % 8, tile.Item2, tile.Item3 + 1);
            return TilePath.TryParse(path.ToString(), out var read) && read == path;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_path_in_its_one_form_or_none() =>
        Prop.ForAll(Gen.Elements([.. "tile/0x19.p"]).ArrayOf().Select(c => "tile/0/" + new string(c)).ToArbitrary(), text =>
            !TilePath.TryParse(text, out var path) || path.ToString() == text).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tile/0")]
    [InlineData("tile/8/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/001/234")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    public void Any_other_text_is_refused(string? text) => Assert.False(TilePath.TryParse(text, out _));
}
