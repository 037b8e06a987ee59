using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>Whole clusters of production state machines: C-QUORUM, C-WAL, C-RESTART, C-SYNC, C-JUMP, C-CERT at work together.</summary>
public sealed class ClusterTests
{
    public static TheoryData<int> Sizes => [4, 5, 6, 7, 10];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_good_day_decides_in_round_0_without_alarm_or_evidence(int n)
    {
        var cluster = new SimulatedCluster(n, seed: n);
        cluster.RunUntil(6, withinMs: 3_000);
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Alarms));
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Evidence));
        Assert.All(cluster.Nodes[0].Disk.Chain, pair => Assert.Equal(0u, pair.Certificate.Round.Value));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Any_f_dead_validators_are_survived(int n)
    {
        var cluster = new SimulatedCluster(n, seed: 100 + n);
        cluster.RunUntil(1, withinMs: 2_000);
        var dead = Enumerable.Range(0, cluster.Set.FaultBound).Select(i => (i + 2) % n).ToHashSet();
        foreach (var i in dead) Kill(cluster.Nodes[i]);
        cluster.RunUntil(5, withinMs: 60_000, Enumerable.Range(0, n).Where(i => !dead.Contains(i)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Without_a_quorum_nothing_is_decided_and_when_it_returns_everything_is(int n)
    {
        var cluster = new SimulatedCluster(n, seed: 200 + n);
        cluster.RunUntil(1, withinMs: 2_000);
        var cut = n - cluster.Set.Quorum + 1;
        cluster.Connected = (from, to) => from < cut == to < cut;
        var before = cluster.Nodes.Max(node => node.Disk.Head.Height.Value);
        cluster.Demand(before + 4);
        cluster.RunFor(8_000);
        Assert.InRange(cluster.Nodes.Max(node => node.Disk.Head.Height.Value), before, before + 1);
        Assert.Contains(cluster.Nodes, node => node.Alarms.Any(a => a.Reason == AlarmReason.PeersMissing));
        cluster.Connected = (_, _) => true;
        cluster.RunUntil(before + 4, withinMs: 60_000);
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Evidence));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Loss_duplication_and_reordering_delay_decisions_but_never_split_them(int n)
    {
        for (var seed = 1; seed <= (n < 7 ? 6 : 3); seed++)
        {
            var cluster = new SimulatedCluster(n, seed: (1000 * n) + seed, new FaultPlan(LossPercent: 15, DuplicatePercent: 15, MaxDelayMs: 150));
            cluster.RunUntil(4, withinMs: 600_000);
            AssertHonest(cluster);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Crashes_at_any_point_with_the_log_kept_never_make_a_node_vote_against_itself(int n)
    {
        for (var seed = 1; seed <= 6; seed++)
        {
            var cluster = new SimulatedCluster(n, seed: (2000 * n) + seed, new FaultPlan(LossPercent: 5, DuplicatePercent: 5, MaxDelayMs: 60, CrashPerMille: 12, CalmAfterMs: 30_000));
            cluster.RunUntil(4, withinMs: 600_000);
            AssertHonest(cluster);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_validator_that_lost_its_log_observes_and_the_others_go_on(int n)
    {
        var cluster = new SimulatedCluster(n, seed: 300 + n);
        cluster.RunUntil(2, withinMs: 3_000);
        var victim = cluster.Nodes[1];
        victim.RestartsByItself = false;
        victim.Crash();
        victim.Disk.Log.Clear();
        victim.Disk.LogLost = true;
        victim.Start();
        cluster.RunUntil(5, withinMs: 60_000);
        Assert.Equal(AlarmReason.LogLost, victim.Machine.Abstains);
        Assert.Contains(victim.Alarms, a => a.Reason == AlarmReason.LogLost);
        Assert.Empty(victim.Disk.Log);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void One_key_on_two_hosts_that_do_not_see_each_other_cannot_split_the_chain(int n)
    {
        // The twin (host n) runs validator 0's key too; each other host hears both.
        for (var seed = 1; seed <= 4; seed++)
        {
            var cluster = new SimulatedCluster(n, seed: (3000 * n) + seed, new FaultPlan(MaxDelayMs: 200), [.. Enumerable.Range(0, n), 0]);
            cluster.Connected = (from, to) => !(from is 0 && to == n) && !(from == n && to is 0);
            cluster.RunUntil((ulong)n + 2, withinMs: 300_000, Enumerable.Range(1, n - 1));
            Assert.Contains(cluster.Nodes.Skip(1).Take(n - 1), node => node.Evidence.Count > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void F_liars_that_equivocate_forget_and_propose_two_blocks_neither_split_nor_stop_the_chain(int n)
    {
        // C-JUSTIFIED, C-RC-VALID, C-EVIDENCE against signed, well-formed lies.
        var convicted = 0;
        for (var seed = 1; seed <= (n < 7 ? 6 : 3); seed++)
        {
            var f = (n - 1) / 3;
            var liars = Enumerable.Range(0, f).Select(i => (i + seed) % n).ToList();
            var cluster = new SimulatedCluster(n, (5000 * n) + seed, new FaultPlan(LossPercent: 5, MaxDelayMs: 80), liars: liars);
            var honest = Enumerable.Range(0, n).Except(liars).ToList();
            cluster.RunUntil((ulong)n + 1, withinMs: 600_000, honest);
            var accused = honest.SelectMany(i => cluster.Nodes[i].Evidence).Select(e => (int)e.First.Validator).Distinct().ToList();
            Assert.True(accused.TrueForAll(liars.Contains), $"Seed {cluster.Seed}: a correct validator is accused.");
            convicted += accused.Count;
            Assert.All(honest, i => Assert.DoesNotContain(cluster.Nodes[i].Alarms, a => a.Reason is AlarmReason.ConflictingVote or AlarmReason.KeyInUseElsewhere));
        }

        Assert.True(convicted > 0, "No seed convicted any liar.");
    }

    [Fact]
    public void The_same_liars_do_split_the_chain_when_there_are_more_than_f_of_them()
    {
        // The simulation can see a fork: otherwise the test above would prove nothing.
        for (var seed = 1; seed <= 20; seed++)
        {
            var cluster = new SimulatedCluster(4, 7000 + seed, new FaultPlan(MaxDelayMs: 80), liars: [1, 2]);
            var caught = Record.Exception(() =>
            {
                cluster.Demand(8);
                cluster.RunFor(30_000);
            });
            if (caught?.Message.Contains("two blocks decided", StringComparison.Ordinal) == true) return;
        }

        Assert.Fail("Two liars of four never split the chain: the simulation is blind.");
    }

    [Fact]
    public void A_seed_gives_the_same_run_twice()
    {
        string Run()
        {
            var cluster = new SimulatedCluster(4, seed: 77, new FaultPlan(LossPercent: 10, DuplicatePercent: 10, MaxDelayMs: 90));
            cluster.RunUntil(4, withinMs: 600_000);
            return $"{cluster.NowMs} {cluster.Nodes[0].Disk.Head.Digest}";
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Commits_that_reach_only_one_node_are_made_good_by_blocks_and_certificates()
    {
        // C-SYNC: node 0 alone decides height 2; the votes never arrive, the block with its certificate does.
        var cluster = new SimulatedCluster(4, seed: 9);
        cluster.RunUntil(1, withinMs: 2_000);
        cluster.Passes = (_, bytes, to) => to == 0 || ConsensusMessage.Parser.ParseFrom(bytes.Span).ContentCase != ConsensusMessage.ContentOneofCase.Commit;
        cluster.RunUntil(2, withinMs: 30_000);
        Assert.All(cluster.Nodes, node => Assert.Empty(node.Evidence));
    }

    [Fact]
    public void Validators_that_waited_alone_for_long_agree_on_a_round_as_soon_as_they_meet()
    {
        // One of four is dead and the rest are parted, one of them earlier: with a longest timeout that all reach, rounds
        // counted alone would stay apart for ever, because a single validator ahead moves nobody (C-JUMP).
        var cluster = new SimulatedCluster(4, seed: 11);
        cluster.RunUntil(1, withinMs: 2_000);
        Kill(cluster.Nodes[3]);
        cluster.Connected = (from, to) => false;
        cluster.Demand(1_000, [0]);
        cluster.RunFor(90_000);
        cluster.Connected = (from, to) => from == 0 == (to == 0);
        cluster.Demand(1_000);
        cluster.RunFor(90_000);
        var head = cluster.Nodes[0].Disk.Head.Height.Value;
        cluster.Connected = (_, _) => true;
        cluster.RunUntil(head + 1, withinMs: 20_000, [0, 1, 2]);
    }

    [Fact]
    public void A_hundred_validators_decide()
    {
        var cluster = new SimulatedCluster(100, seed: 100);
        cluster.RunUntil(1, withinMs: 5_000);
        Assert.Equal(0u, cluster.Nodes[0].Disk.Chain[0].Certificate.Round.Value);
    }

    private static void Kill(SimulatedNode node)
    {
        node.RestartsByItself = false;
        node.Crash();
    }

    private static void AssertHonest(SimulatedCluster cluster)
    {
        foreach (var node in cluster.Nodes)
        {
            Assert.True(node.Evidence.Count == 0, $"Seed {cluster.Seed}: evidence against a correct node: {node.Evidence.FirstOrDefault()}");
            Assert.DoesNotContain(node.Alarms, a => a.Reason is AlarmReason.ConflictingVote or AlarmReason.KeyInUseElsewhere or AlarmReason.LogLost);
        }
    }
}
