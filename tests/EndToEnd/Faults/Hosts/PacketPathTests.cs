using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>What a way does to packets, without any network.</summary>
public sealed class PacketPathTests
{
    private const int Bytes = 1_500;
    private const int Some = 500; // fewer than a queue holds

    [Fact]
    public void The_same_seed_draws_the_same_fate_for_each_packet()
    {
        var bad = PathQuality.Line(TimeSpan.FromMilliseconds(50)) with { Loss = 0.2, Duplication = 0.2, Overtaking = 0.2 };
        var fates = Enumerable.Range(0, 2).Select(_ => Fates(new PacketPath(bad, seed: 3), Some)).ToList();

        Assert.Equal(fates[0], fates[1]);
        Assert.InRange(fates[0].Count(fate => !fate.Arrives), Some / 10, Some * 3 / 10);
        Assert.InRange(fates[0].Count(fate => fate.IsTwice), Some / 10, Some * 3 / 10);
    }

    [Fact]
    public void What_was_not_drawn_to_be_overtaken_arrives_in_order_though_delays_vary()
    {
        var path = new PacketPath(PathQuality.Line(TimeSpan.FromMilliseconds(50)) with { Loss = 0, Overtaking = 0, Jitter = TimeSpan.FromMilliseconds(40) }, seed: 3);
        var due = Fates(path, Some).Select(fate => fate.Due).ToList();

        Assert.Equal(due.Order(), due);
        Assert.True(due[0] >= Ticks(0.050));
    }

    [Fact]
    public void A_line_takes_no_more_than_it_can_and_its_queue_is_bounded()
    {
        var path = new PacketPath(PathQuality.Near with { BytesPerSecond = 150_000 }, seed: 3);
        var arrived = Fates(path, Some).Where(fate => fate.Arrives).ToList();

        Assert.Equal(100, arrived.Count); // all at once: what the line takes in a second may wait
        Assert.InRange(arrived[^1].Due, Ticks(0.99), Ticks(1.01));
        Assert.Equal(Some - arrived.Count, path.Lost);
    }

    [Fact]
    public void Nothing_passes_a_way_that_is_cut()
    {
        var path = new PacketPath(PathQuality.Near, seed: 3) { IsCut = true };
        Assert.DoesNotContain(Fates(path, 10), fate => fate.Arrives);
        path.IsCut = false;
        Assert.DoesNotContain(Fates(path, 10), fate => !fate.Arrives);
    }

    private static List<(bool Arrives, long Due, bool IsTwice)> Fates(PacketPath path, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (path.TryCarry(Bytes, now: 0, out var due, out var isTwice), due, isTwice))];

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
