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

    /// <summary>Members that are none at genesis.</summary>
    public const int Newcomers = 2;

    private const ulong FarFutureMs = 4_000_000_000_000;

    // Immutable once made, and costly: some milliseconds of point multiplications.
    private static readonly ConcurrentDictionary<(int Validators, uint Window), SimulatedCast> Made = new();
    private static readonly string[] Regions = ["310000", "320000", "330000", "340000"];

    private readonly Dictionary<KeyId, Member> _officers;
    private readonly Dictionary<OrganisationCode, Member> _codes;

    private SimulatedCast(int validators, uint window)
    {
        Members = [.. Enumerable.Range(0, validators + Newcomers).Select(i => new Member(i))];
        Founders = validators;
        _officers = Members.ToDictionary(member => member.Officer.PublicKey.Id);
        _codes = Members.ToDictionary(member => member.Code);
        var message = new GenesisMessage { ChainId = ChainName, TimeMs = GenesisMs, Parameters = ChainParameters.Default.ToRecord(), Validators = new ValidatorSetMessage() };
        message.Parameters.ValidityWindow = window;
        foreach (var member in Members.Take(validators)) member.AddTo(message);
        Genesis = GenesisExecutor.TryApply(message, out var outcome, out var error) ? outcome : throw new InvalidOperationException(error);
    }

    /// <summary>Those of genesis in the order of their seats, then those whom governance may admit.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>Members of genesis, each with a seat.</summary>
    public int Founders { get; }

    /// <summary>The genesis document, applied.</summary>
    public GenesisOutcome Genesis { get; }

    /// <summary>The network of so many validators, in which a transaction is valid for at most so many heights.</summary>
    public static SimulatedCast Of(int validators, uint window) => Made.GetOrAdd((validators, window), one => new SimulatedCast(one.Validators, one.Window));

    /// <summary>Whose officer signs with a key.</summary>
    public Member OfficerOf(KeyId key) => _officers[key];

    /// <summary>The member of a code.</summary>
    public Member MemberOf(OrganisationCode code) => _codes[code];

    /// <summary>A region's bureau: a validator that also issues licences and governs the catalogue.</summary>
    internal sealed class Member(int index)
    {
        /// <summary>Consensus keys of a member: the first, and those that replace it one after the other.</summary>
        public const int Generations = 3;

        private readonly string _region = Regions[index % Regions.Length];

        public int Index => index;

        public OrganisationCode Code { get; } = OrganisationCode.Mint("11" + Regions[index % Regions.Length] + index.ToString("D9", CultureInfo.InvariantCulture));

        /// <summary>In its keystore: a node uses the one that has a seat.</summary>
        public IReadOnlyList<Sm2PrivateKey> Keys { get; } = [.. Enumerable.Range(0, Generations).Select(generation => Key(generation == 0 ? "consensus" : $"consensus-{generation + 1}-", index))];

        public Sm2PrivateKey Consensus => Keys[0];

        public Sm2PrivateKey Service { get; } = Key("service", index);

        public Sm2PrivateKey Officer { get; } = Key("officer", index);

        /// <summary>By which its peers know it.</summary>
        public KeyId Id => Consensus.PublicKey.Id;

        /// <summary>Which of its consensus keys this is; -1 for another's.</summary>
        public int GenerationOf(KeyId key)
        {
            for (var i = 0; i < Keys.Count; i++)
                if (Keys[i].PublicKey.Id == key)
                    return i;
            return -1;
        }

        /// <summary>Its record, as genesis or governance writes it.</summary>
        public MemberRecord ToRecord() => new()
        {
            Code = Code.Value,
            Name = "Bureau " + index.ToString(CultureInfo.InvariantCulture),
            Region = _region,
            Roles = { MemberRole.Validator, MemberRole.Issuer },
            Status = StandingStatus.Active,
        };

        /// <summary>The record of one of its consensus keys.</summary>
        public KeyRecord ToRecord(int generation) => Record(Keys[generation], generation == 0 ? "node" : $"node-{generation + 1}", KeyRole.Consensus);

        /// <summary>The records of the keys that its people and systems sign with.</summary>
        public IEnumerable<KeyRecord> OtherKeys() => [Record(Service, "service", KeyRole.Service), Record(Officer, "officer", KeyRole.Issue, KeyRole.Govern)];

        public void AddTo(GenesisMessage genesis)
        {
            genesis.Members.Add(ToRecord());
            genesis.Keys.Add(ToRecord(0));
            genesis.Keys.AddRange(OtherKeys());
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
