using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Faults;

/// <summary>
/// What governance changes while other faults go on. The set never has fewer seats than at genesis, so that as many may be faulty at any time. One proposal at a time: what is drawn
/// while one is open is passed over.
/// </summary>
internal sealed class GovernanceFaults(SimulatedNetwork network, Officers officers, SeededRandom random)
{
    // Heights between adoption and activation beyond the least that the contract demands: what the votes take to arrive.
    private const ulong LeastLead = 60;
    private const ulong MostLead = 120;

    // None is slower than at genesis, by which the bounds of recovery are drawn.
    private const uint LeastTimeoutMs = 500;
    private const uint LeastHeartbeatMs = 5_000;
    private const uint LeastBlock = 20;

    /// <summary>A member without a seat gets one, once its node observes at the head; a new member starts its node first.</summary>
    public void AddSeat()
    {
        var set = network.Checks.Governance.Next;
        if (officers.IsBusy || set.Count == network.Cast.Members.Count) return;
        var outside = network.Members.Where(m => network.Checks.Governance.LastKeyOf(m.Member) is not { } key || !set.TryIndexOf(key, out _)).ToList();
        var ready = outside.Where(m => m.Node is { } node && node.Chain.Height.Value + 1 >= network.Checks.Chain.Height).ToList();
        if (ready.Count == 0 || (network.Members.Count < network.Cast.Members.Count && random.Chance(500)))
        {
            if (network.Members.Count < network.Cast.Members.Count) network.AddMachine(network.Members.Count).PowerOn();
            return;
        }

        var member = random.Pick(ready).Member;
        var last = network.Checks.Governance.LastKeyOf(member);
        var seats = set.Validators.ToList();
        seats.Insert(random.Below(seats.Count + 1), Charter.Seat(member, last is { } known ? member.GenerationOf(known) : 0));
        officers.Propose($"Seat of {member.Index}", [.. last is null ? Charter.Admit(member) : [], Charter.SetTo(set, seats)]);
    }

    /// <summary>A member loses its seat; its node goes on as an observer.</summary>
    public void RemoveSeat()
    {
        var set = network.Checks.Governance.Next;
        if (officers.IsBusy || set.Count == network.Cast.Founders) return;
        var seats = set.Validators.ToList();
        seats.RemoveAt(random.Below(seats.Count));
        officers.Propose("One seat less", Charter.SetTo(set, seats));
    }

    /// <summary>A seat's key is replaced by the next one in its keystore; the old one may be struck.</summary>
    public void RotateKey()
    {
        if (officers.IsBusy) return;
        var set = network.Checks.Governance.Next;
        var seat = random.Below(set.Count);
        var member = network.Cast.MemberOf(set.Validators[seat].Member);
        var generation = member.GenerationOf(set.Validators[seat].Key.Id);
        if (generation + 1 == SimulatedCast.Member.Generations) return;
        var seats = set.Validators.ToList();
        seats[seat] = Charter.Seat(member, generation + 1);
        var changes = new List<GovernanceChange> { Charter.PutKey(member, generation + 1), Charter.SetTo(set, seats) };
        if (random.Chance(500)) changes.Add(Charter.PutKey(member, generation, StandingStatus.Removed));
        officers.Propose($"Key of {member.Index}", changes);
    }

    /// <summary>C-RESTART: a key whose log was lost may vote again.</summary>
    public void ForgiveLog()
    {
        var silent = network.Members.Where(m => m.IsLogTaken && m.IsOn).ToList();
        if (officers.IsBusy || silent.Count == 0) return;
        var member = random.Pick(silent).Member;
        if (network.Checks.Governance.LastKeyOf(member) is not { } key) return;
        officers.Propose($"Leave of {member.Index}", Charter.Allow(key, network.Checks.Chain.Height + random.Between(0, 8)));
    }

    /// <summary>Rounds, heartbeats and blocks of another size.</summary>
    public void SetParameters()
    {
        if (officers.IsBusy) return;
        var genesis = network.Cast.Genesis.Parameters;
        var record = network.Checks.Governance.Parameters.ToRecord();
        record.RoundTimeoutMs = (uint)random.Between(LeastTimeoutMs, genesis.RoundTimeoutMs);
        record.HeartbeatMs = (uint)random.Between(LeastHeartbeatMs, genesis.HeartbeatMs);
        record.MaxBlockTransactions = random.Chance(500) ? (uint)genesis.MaxBlockTransactions : LeastBlock;
        officers.Propose("Parameters", Charter.Set(record));
    }

    /// <summary>The next version of the protocol, from a height on that lies ahead.</summary>
    public void ScheduleUpgrade()
    {
        if (officers.IsBusy) return;
        officers.Propose("Upgrade", Charter.Upgrade(network.Checks.Governance.Upgrade.Version + 1, network.Checks.Chain.Height + random.Between(LeastLead, MostLead)));
    }
}
