using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network;

/// <summary>The members of a network of n validators: the same keys and the same genesis in every run.</summary>
internal sealed class SimulatedCast
{
    /// <summary>The chain's name.</summary>
    public const string ChainName = "simulated-chain";

    /// <summary>Block 0's time: 2025-01-01T00:00:00Z.</summary>
    public const ulong GenesisMs = 1_735_689_600_000;

    private const ulong FarFutureMs = 4_000_000_000_000;

    // Immutable once made, and costly: some milliseconds of point multiplications.
    private static readonly ConcurrentDictionary<int, SimulatedCast> Made = new();
    private static readonly string[] Regions = ["310000", "320000", "330000", "340000"];

    private SimulatedCast(int validators)
    {
        Members = [.. Enumerable.Range(0, validators).Select(i => new Member(i))];
        var message = new GenesisMessage { ChainId = ChainName, TimeMs = GenesisMs, Parameters = ChainParameters.Default.ToRecord(), Validators = new ValidatorSetMessage() };
        foreach (var member in Members) member.AddTo(message);
        Genesis = GenesisExecutor.TryApply(message, out var outcome, out var error) ? outcome : throw new InvalidOperationException(error);
    }

    /// <summary>In the order of their seats.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>The genesis document, applied.</summary>
    public GenesisOutcome Genesis { get; }

    /// <summary>The network of so many validators.</summary>
    public static SimulatedCast Of(int validators) => Made.GetOrAdd(validators, n => new SimulatedCast(n));

    /// <summary>A region's bureau: a validator that also issues licences and governs the catalogue.</summary>
    internal sealed class Member(int index)
    {
        private readonly string _region = Regions[index % Regions.Length];

        public OrganisationCode Code { get; } = OrganisationCode.Mint("11" + Regions[index % Regions.Length] + index.ToString("D9", CultureInfo.InvariantCulture));

        public Sm2PrivateKey Consensus { get; } = Key("consensus", index);

        public Sm2PrivateKey Service { get; } = Key("service", index);

        public Sm2PrivateKey Officer { get; } = Key("officer", index);

        public KeyId Id => Consensus.PublicKey.Id;

        public void AddTo(GenesisMessage genesis)
        {
            genesis.Members.Add(new MemberRecord
            {
                Code = Code.Value,
                Name = "Bureau " + index.ToString(CultureInfo.InvariantCulture),
                Region = _region,
                Roles = { MemberRole.Validator, MemberRole.Issuer },
                Status = StandingStatus.Active,
            });
            genesis.Keys.Add(Record(Consensus, "node", KeyRole.Consensus));
            genesis.Keys.Add(Record(Service, "service", KeyRole.Service));
            genesis.Keys.Add(Record(Officer, "officer", KeyRole.Issue, KeyRole.Govern));
            genesis.Validators.Validators.Add(new ValidatorMessage { Member = Code.Value, PublicKey = ByteString.CopyFrom(Consensus.PublicKey.Encoded) });
        }

        private KeyRecord Record(Sm2PrivateKey key, string holder, params KeyRole[] roles) => new()
        {
            PublicKey = ByteString.CopyFrom(key.PublicKey.Encoded),
            Member = Code.Value,
            Holder = holder,
            Roles = { roles },
            Status = StandingStatus.Active,
            ExpiresMs = FarFutureMs,
        };

        private static Sm2PrivateKey Key(string purpose, int index)
        {
            var secret = Sm3.Hash(Encoding.ASCII.GetBytes(purpose + index.ToString(CultureInfo.InvariantCulture)));
            return Sm2PrivateKey.TryImport(secret.Span, out var key) ? key : throw new InvalidOperationException("A simulated key is out of range.");
        }
    }
}
