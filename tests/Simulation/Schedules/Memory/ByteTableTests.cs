namespace LicenceChain.Simulation.Schedules.Memory;

public sealed class ByteTableTests
{
    /// <summary>Seed 387700 of a range of a million: a message counted as two, once the table had started anew within the run.</summary>
    [Fact]
    public void Within_a_run_nothing_is_forgotten_however_much_is_held()
    {
        var table = new ByteTable<string>(maxBytes: 2);
        for (byte i = 0; i < 10; i++) table.Add(new[] { i }, i, $"value {i}");

        Assert.True(table.TryGet([0], 0, out var held));
        Assert.Equal("value 0", held);
        table.Trim();
        Assert.False(table.TryGet([0], 0, out _));
    }
}
