using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Node;
using LicenceChain.Node.Mempool;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>A simulated network that a test drives by hand: no fault happens but those that it asks for.</summary>
internal sealed class ScriptedNetwork
{
    /// <summary>Longer than anything without a fault takes, heartbeats included.</summary>
    public const ulong PatienceMs = 200_000;

    private byte _unique;

    /// <summary>All start the program of these versions; without any, the one that knows the first alone.</summary>
    public ScriptedNetwork(int validators = 4, int seed = 1, Func<int, ProtocolVersions>? programs = null)
    {
        Network = new SimulatedNetwork(seed, validators);
        if (programs is not null)
            foreach (var machine in Network.Members)
                machine.Program = programs(machine.Index);
        Network.PowerOn();
        Network.Run(() => Network.Members.All(m => m.Links.Count == validators - 1), PatienceMs);
    }

    public SimulatedNetwork Network { get; }

    /// <summary>A valid transaction of a member, unlike any other.</summary>
    public SignedTransaction Transaction(int member, ulong validUntil = 900)
    {
        var unique = SHA256.HashData([++_unique])[..SignedTransaction.UniqueIdSize];
        var author = Network.Cast.Members[member];
        var arguments = new AnchorCheckpoint { Origin = $"{author.Code}/log-{_unique}", Size = 1, Root = ByteString.CopyFrom(SHA256.HashData(unique)) };
        return TransactionBuilder.Sign(ChainId.Parse(SimulatedCast.ChainName), "access", "checkpoint", arguments, author.Service, new Height(validUntil), unique);
    }

    public Submission Submit(int node, ulong validUntil = 900) =>
        Network.Submit(Network.Machines[node], Transaction(node, validUntil)) ?? throw new InvalidOperationException($"node{node} takes nothing.");

    /// <summary>Submits and waits for the receipt.</summary>
    public SubmitResult Commit(int node)
    {
        var submission = Submit(node);
        Run(() => submission.Result.IsCompleted);
        return submission.Result.Result;
    }

    /// <summary>Commits so many transactions of a member, one after the other, and waits until all have them.</summary>
    public void CommitMany(int node, int count)
    {
        for (var i = 0; i < count; i++) Commit(node);
        Converge();
    }

    /// <summary>Ends a node without a word, does something to its machine, and starts it again.</summary>
    public void Restart(int node, Action<SimulatedMachine>? whileDown = null)
    {
        Network.Machines[node].Kill();
        whileDown?.Invoke(Network.Machines[node]);
        Network.Machines[node].PowerOn();
    }

    public void Run(Func<bool> isDone) => Network.Run(isDone, PatienceMs);

    /// <summary>Runs until these nodes, or all, have the same head.</summary>
    public void Converge(params int[] nodes) =>
        Run(() => SimulatedNetwork.AreAtOneHead(nodes.Length == 0 ? Network.Members : nodes.Select(n => Network.Machines[n])));
}
