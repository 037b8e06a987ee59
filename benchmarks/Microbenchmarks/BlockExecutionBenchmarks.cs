using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Microbenchmarks;

/// <summary>A block of 1,000 single issues, one batch of 500, and what admission asks of the same 1,000. Signatures apart: those are Sm2Benchmarks.</summary>
[MemoryDiagnoser]
public class BlockExecutionBenchmarks
{
    private const int Singles = 1_000;
    private const int BatchSize = 500;
    private const ulong Start = 1_735_689_600_000; // 2025-01-01T00:00:00Z
    private const ulong Year = 366UL * 86_400_000;

    private static readonly ChainId Chain = ChainId.Parse("benchmark");
    private static readonly BlockContext Context = new(Chain, new Height(2), new UnixTime(Start + 1_000));

    private readonly BlockExecutor _executor = new();
    private readonly Sm2PrivateKey[] _keys = [.. Enumerable.Range(0, 6).Select(_ => Sm2PrivateKey.Generate())];
    private readonly OrganisationCode[] _bureaus = [.. Enumerable.Range(1, 4).Select(i => OrganisationCode.Mint($"1131000000000000{i}"))];
    private State _state = new();
    private SignedTransaction[] _singles = [];
    private SignedTransaction[] _batch = [];
    private SignerDirectory _signers = null!;

    private string TypeCode => _bureaus[0].Value + "L01";

    [GlobalSetup]
    public void Setup()
    {
        if (!GenesisExecutor.TryApply(Genesis(), out var genesis, out var error)) throw new InvalidOperationException(error);
        _state = new State();
        _state.Apply(genesis.Writes);
        var type = new RegisterLicenceType
        {
            Type = new LicenceTypeRecord
            {
                Code = "resident-id", TypeCode = TypeCode, Name = "居民身份证", EnglishName = "resident identity card", Holder = HolderKind.Person,
                ValidYears = 20, Sensitivity = 4, Version = 1, Attributes = { new AttributeDefinition { Name = "name", Sensitivity = 3 } },
            },
        };
        _state.Apply(_executor.Execute(_state, Context with { Height = new Height(1) }, [Sign(_keys[4], "catalogue", "register", type)]).Writes);
        _singles = [.. Enumerable.Range(0, Singles).Select(i => Sign(_keys[5], "licences", "issue", Issue(i)))];
        _batch = [Sign(_keys[5], "licences", "issueBatch", new IssueLicences { Licences = { Enumerable.Range(0, BatchSize).Select(Issue) } })];
        _signers = new SignerDirectory(_state);
        if (_executor.Execute(_state, Context, _singles).Writes.Count != Singles) throw new InvalidOperationException("Not every licence was issued.");
    }

    [Benchmark(OperationsPerInvoke = Singles)]
    public BlockOutcome Issues() => _executor.Execute(_state, Context, _singles);

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public BlockOutcome Batch() => _executor.Execute(_state, Context, _batch);

    [Benchmark(OperationsPerInvoke = Singles)]
    public int Admission() =>
        _singles.Count(t => TransactionAdmission.Check(_signers, Context, ChainParameters.Default, t, out _) is null);

    private GenesisMessage Genesis()
    {
        var genesis = new GenesisMessage { ChainId = Chain.Value, TimeMs = Start, Parameters = ChainParameters.Default.ToRecord(), Validators = new ValidatorSetMessage() };
        for (var i = 0; i < _bureaus.Length; i++)
        {
            genesis.Members.Add(new MemberRecord
            {
                Code = _bureaus[i].Value, Name = "bureau", Region = "310000", Roles = { MemberRole.Validator, MemberRole.Issuer }, Status = StandingStatus.Active,
            });
            genesis.Keys.Add(Key(_keys[i], _bureaus[i], KeyRole.Consensus));
            genesis.Validators.Validators.Add(new ValidatorMessage { Member = _bureaus[i].Value, PublicKey = ByteString.CopyFrom(_keys[i].PublicKey.Encoded) });
        }

        genesis.Keys.Add(Key(_keys[4], _bureaus[0], KeyRole.Govern));
        genesis.Keys.Add(Key(_keys[5], _bureaus[0], KeyRole.Issue));
        return genesis;
    }

    private static KeyRecord Key(Sm2PrivateKey key, OrganisationCode member, KeyRole role) => new()
    {
        PublicKey = ByteString.CopyFrom(key.PublicKey.Encoded), Member = member.Value, Holder = "officer-1", Roles = { role }, Status = StandingStatus.Active, ExpiresMs = Start + Year,
    };

    private IssueLicence Issue(int number) => new()
    {
        Id = LicenceId.Mint(TypeCode, _bureaus[0], $"S{number:D6}", 1).Value,
        Type = "resident-id",
        HolderTag = Digest(number),
        Commitment = Digest(-number - 1),
        CredentialHash = Digest(number + Singles),
        ValidFromMs = Start,
        ValidUntilMs = Start + Year,
    };

    private static ByteString Digest(int number) => ByteString.CopyFrom(Sm3.Hash(BitConverter.GetBytes(number)).Span);

    private static SignedTransaction Sign(Sm2PrivateKey key, string contract, string method, IMessage arguments) =>
        TransactionBuilder.Sign(Chain, contract, method, arguments, key, new Height(100), new byte[SignedTransaction.UniqueIdSize]);

    private sealed class State : IStateReader
    {
        private readonly Dictionary<StateKey, ReadOnlyMemory<byte>> _values = [];

        public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => _values.TryGetValue(key, out value);

        public void Apply(IEnumerable<StateWrite> writes)
        {
            foreach (var write in writes) _values[write.Key] = write.Value!.Value;
        }
    }
}
