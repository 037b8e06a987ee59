using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>What the members of a scripted network decide, one vote a block, and how it goes on.</summary>
internal sealed class ScriptedGovernance(ScriptedNetwork script)
{
    private const ulong Life = 900;

    private int _serial;

    private SimulatedNetwork Network => script.Network;

    /// <summary>The set that decides the height above the chain.</summary>
    public ValidatorSet Set => Network.Checks.Governance.Next;

    /// <summary>The parameters above the chain, to be changed.</summary>
    public ParametersRecord Parameters => Network.Checks.Governance.Parameters.ToRecord();

    /// <summary>The first of these members proposes, the others approve, through node 0. Returns the height of the block that adopted it.</summary>
    public ulong Adopt(IReadOnlyList<int> members, params IEnumerable<GovernanceChange> changes)
    {
        var document = new ProposalDocument { Title = $"Change {++_serial}", ExpiresHeight = Network.Checks.Chain.Height + Life, Changes = { changes } };
        var approval = new ApproveProposal { ProposalId = ByteString.CopyFrom(Charter.IdOf(document).Span) };
        var last = Commit(Sign(members[0], "propose", new ProposeChange { Document = document }));
        foreach (var member in members.Skip(1)) last = Commit(Sign(member, "approve", approval));
        return last;
    }

    /// <summary>A new member's node, that observes at the head.</summary>
    public SimulatedMachine Observe()
    {
        var machine = Network.AddMachine(Network.Members.Count);
        machine.PowerOn();
        script.Converge();
        return machine;
    }

    /// <summary>Lets so many blocks be decided, submitted through a node, and waits until whoever is linked has them.</summary>
    public void Advance(int heights, int through = 0)
    {
        for (var i = 0; i < heights; i++) script.Commit(through);
        var head = Network.Status(through).Height;
        script.Run(() => Network.Members.All(m => m.Links.Count == 0 || Network.Status(m.Index).Height >= head));
    }

    /// <summary>Submits it to node 0; the height of its block, where it applies.</summary>
    public ulong Commit(SignedTransaction transaction)
    {
        var submission = Network.Submit(Network.Machines[0], transaction) ?? throw new InvalidOperationException("node0 takes nothing.");
        script.Run(() => submission.Result.IsCompleted);
        var result = submission.Result.Result;
        Assert.True(result.Receipt is { Applied: true }, $"{result.Refusal} {result.Receipt?.Code} {result.Receipt?.Detail}");
        return result.Height!.Value.Value;
    }

    /// <summary>As the other, until node 0 is at a height.</summary>
    public void AdvanceTo(ulong height)
    {
        while (Network.Status(0).Height.Value < height) Advance(heights: 1);
    }

    /// <summary>A signed vote of a member.</summary>
    public SignedTransaction Sign(int member, string method, IMessage arguments)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        BitConverter.TryWriteBytes(unique, ++_serial);
        var chain = ChainId.Parse(SimulatedCast.ChainName);
        return TransactionBuilder.Sign(chain, "membership", method, arguments, Network.Cast.Members[member].Officer, new Height(Network.Checks.Chain.Height + Life), unique);
    }
}
