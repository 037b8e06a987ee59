using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Keystore;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Core;

/// <summary>A network in a temporary folder: genesis, keys, certificates, configurations; its nodes over real loopback sockets.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    public const string ChainName = "test-chain";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int KeystoreIterations = 100;
    private const ulong FarFutureMs = 4_000_000_000_000;

    private readonly string _root = Directory.CreateTempSubdirectory("lc-node-").FullName;
    private readonly NodeHost?[] _nodes;

    private TestNetwork(int count)
    {
        _nodes = new NodeHost?[count];
        Members = [.. Enumerable.Range(0, count).Select(i => new TestMember(i))];
        Configurations = new NodeConfiguration[count];
    }

    public IReadOnlyList<TestMember> Members { get; }

    public NodeConfiguration[] Configurations { get; }

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    public NodeHost this[int index] => _nodes[index] ?? throw new InvalidOperationException($"Node {index} is not running.");

    /// <summary>Writes the files; starts nothing. The first <paramref name="validators"/> of the members have a seat.</summary>
    /// <remarks>The others' configurations do not name the last <paramref name="strangers"/>, who know everybody.</remarks>
    public static TestNetwork Create(int validators = 4, int observers = 0, Action<ParametersRecord>? parameters = null, int strangers = 0)
    {
        var network = new TestNetwork(validators + observers + strangers);
        network.WriteGenesis(validators, parameters);
        var ports = PortPlan.Free(network.Members.Count).For(network.Members.Count).Select(p => p.Link).ToArray();
        for (var i = 0; i < network.Members.Count; i++) network.WriteNode(i, ports, validators + observers);
        return network;
    }

    public async Task StartAllAsync()
    {
        for (var i = 0; i < _nodes.Length; i++) await StartAsync(i);
    }

    public async Task<NodeHost> StartAsync(int index)
    {
        var node = await NodeHost.StartAsync(Configurations[index], TimeProvider.System, Logging, CancellationToken.None);
        _nodes[index] = node;
        return node;
    }

    public async Task StopAsync(int index)
    {
        var node = this[index];
        _nodes[index] = null;
        await node.StopAsync();
    }

    /// <summary>A valid transaction of a member, unlike any other: the first checkpoint of a log of its own.</summary>
    public SignedTransaction Transaction(int member, ulong validUntil, string chain = ChainName, Sm2PrivateKey? signer = null)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        RandomNumberGenerator.Fill(unique);
        var log = "log-" + Convert.ToHexStringLower(unique[..8]);
        var arguments = new AnchorCheckpoint { Origin = $"{Members[member].Code}/{log}", Size = 1, Root = ByteString.CopyFrom(SHA256.HashData(unique)) };
        return TransactionBuilder.Sign(ChainId.Parse(chain), "access", "checkpoint", arguments, signer ?? Members[member].Service, new Height(validUntil), unique);
    }

    public async Task<SubmitResult> SubmitAsync(int node, SignedTransaction transaction, bool wait = true) =>
        await this[node].Gate.SubmitAsync(transaction.Bytes, wait, CancellationToken.None).WaitAsync(Patience);

    /// <summary>Waits until a node has a block.</summary>
    public async Task ReachAsync(int node, ulong height)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var _ in this[node].Queries.FollowAsync(new Height(height), follow: true, patience.Token)) return;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            if (node is not null)
                await node.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    public string PathOf(int node, string file) => Path.Combine(Configurations[node].DataDirectory, file);

    private void WriteGenesis(int validators, Action<ParametersRecord>? change)
    {
        var record = ChainParameters.Default.ToRecord();
        change?.Invoke(record);
        var genesis = new GenesisMessage
        {
            ChainId = ChainName,
            TimeMs = (ulong)DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds(),
            Parameters = record,
            Validators = new ValidatorSetMessage(),
        };
        foreach (var member in Members)
        {
            genesis.Members.Add(new MemberRecord
            {
                Code = member.Code.Value,
                Name = "Bureau " + member.Index,
                Region = member.Region,
                Roles = { MemberRole.Validator, MemberRole.Issuer },
                Status = StandingStatus.Active,
            });
            genesis.Keys.Add(Key(member, member.Consensus, "node", KeyRole.Consensus));
            genesis.Keys.Add(Key(member, member.Service, "service", KeyRole.Service));
            genesis.Keys.Add(Key(member, member.Govern, "govern", KeyRole.Govern));
            if (member.Index < validators)
                genesis.Validators.Validators.Add(new ValidatorMessage { Member = member.Code.Value, PublicKey = ByteString.CopyFrom(member.Consensus.PublicKey.Encoded) });
        }

        File.WriteAllText(Path.Combine(_root, "genesis.json"), JsonFormatter.Default.Format(genesis));
        SecretFile.Write(Path.Combine(_root, "passphrase"), "test"u8);
    }

    private void WriteNode(int index, int[] ports, int known)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "node" + index)).FullName;
        var member = Members[index];
        KeystoreFile.Write(Path.Combine(folder, "keys.json"), Encoding.UTF8.GetBytes("test"), [new KeystoreEntry("consensus", member.Consensus), new KeystoreEntry("consensus-2", member.Successor), new KeystoreEntry("service", member.Service)], KeystoreIterations);
        member.WriteCertificate(folder);
        Configurations[index] = new NodeConfiguration
        {
            DataDirectory = Path.Combine(folder, "data"),
            GenesisPath = Path.Combine(_root, "genesis.json"),
            KeystorePath = Path.Combine(folder, "keys.json"),
            PassphrasePath = Path.Combine(_root, "passphrase"),
            LinkPort = ports[index],
            LinkCertificatePath = Path.Combine(folder, "link.crt"),
            LinkKeyPath = Path.Combine(folder, "link.key"),
            Peers = [.. Members.Where(m => m.Index != index && (m.Index < known || index >= known)).Select(m => new PeerConfiguration(m.Consensus.PublicKey.Id, "127.0.0.1", ports[m.Index], m.Fingerprint))],
            MinBlockInterval = TimeSpan.FromMilliseconds(20),
        };
        VoteStanding.MarkNew(Configurations[index].DataDirectory);
    }

    public static KeyRecord Key(TestMember member, Sm2PrivateKey key, string holder, KeyRole role) => new()
    {
        PublicKey = ByteString.CopyFrom(key.PublicKey.Encoded),
        Member = member.Code.Value,
        Holder = holder,
        Roles = { role },
        Status = StandingStatus.Active,
        ExpiresMs = FarFutureMs,
    };
}
