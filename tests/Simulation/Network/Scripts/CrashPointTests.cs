namespace LicenceChain.Simulation.Network.Scripts;

[Trait("Rule", "C-RESTART")]
public sealed class CrashPointTests
{
    // A block costs a validator some thirty writes, flushes, names and sends: two blocks, and the start after a crash, are well within.
    private const int Operations = 160;
    private const int Step = 20;

    public static TheoryData<int> Parts => [.. Enumerable.Range(0, Operations / Step).Select(part => part * Step)];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Power_that_goes_at_any_write_flush_or_send_costs_no_block_and_no_promise(int first)
    {
        for (var operation = first + 1; operation <= first + Step; operation++)
            foreach (var victims in (int[][])[[1], [1, 2], [0, 1, 2, 3]])
                LosePowerAt(operation, victims);
    }

    // Node 1 proposes block 1 and node 2 block 2; every victim's power goes at its own operation of that number.
    private static void LosePowerAt(int operation, int[] victims)
    {
        var script = new ScriptedNetwork(seed: operation);
        var network = script.Network;
        network.WhenDown = machine => network.Time.After(300 * SimulatedTime.Ms, machine.PowerOn);
        foreach (var machine in network.Members) machine.Disk.Temper.TearsWrites = true;
        foreach (var victim in victims) network.Machines[victim].CrashIn = operation;

        var kept = script.Submit(3);
        script.Submit(0);
        network.RunFor(10_000);
        foreach (var machine in network.Members) machine.CrashIn = 0;
        script.Commit(3);
        script.Converge();

        foreach (var machine in network.Members) network.Checks.Chain.RequireWhole(machine);
        if (kept.Result is { IsCompletedSuccessfully: true, Result.Receipt: not null } answer)
            Assert.Equal((answer.Result.Height!.Value, answer.Result.Index), network.Checks.Chain.Find(answer.Result.Transaction!.Value));
    }
}
