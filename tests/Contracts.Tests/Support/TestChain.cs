using System.Buffers.Binary;
using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>A chain of one-line blocks: real genesis, real signed transactions, the real executor; no consensus, no disk.</summary>
internal sealed class TestChain
{
    public static readonly ChainId Id = ChainId.Parse("test-chain");

    private static readonly GenesisOutcome Genesis = GenesisExecutor.TryApply(TestGenesis.Message(), out var outcome, out var error) ? outcome : throw new InvalidOperationException(error);

    private readonly BlockExecutor _executor = new();
    private UpgradeRecord? _upgrade;
    private int _uniqueId;

    /// <summary>A chain that holds <see cref="TestGenesis"/> and nothing else.</summary>
    public TestChain()
        : this(Genesis)
    {
    }

    /// <summary>A chain of another genesis; its id is <see cref="Id"/> too.</summary>
    public TestChain(GenesisMessage genesis)
        : this(GenesisExecutor.TryApply(genesis, out var outcome, out var error) ? outcome : throw new InvalidOperationException(error))
    {
    }

    private TestChain(GenesisOutcome genesis)
    {
        State = new MemoryState(genesis.Writes);
        NoteUpgrade(genesis.Writes);
    }

    /// <summary>What is committed.</summary>
    public MemoryState State { get; }

    public Height Height { get; private set; }

    public UnixTime Now { get; set; } = new(TestGenesis.TimeMs);

    /// <summary>The next block's context; its version is the one that the state puts in force there.</summary>
    public BlockContext Next => new(Id, Height.Next, Now.Plus(1_000), UpgradeSchedule.VersionAt(_upgrade, Height.Next));

    /// <summary>A chain with the catalogue of <see cref="Samples"/>.</summary>
    public static TestChain WithCatalogue()
    {
        var chain = new TestChain();
        chain.MustRun(Cast.Governor, "catalogue", "register", new RegisterLicenceType { Type = Samples.ResidentId() });
        chain.MustRun(Cast.Governor, "catalogue", "register", new RegisterLicenceType { Type = Samples.MarriageCertificate() });
        return chain;
    }

    /// <summary>A chain with catalogue and one licence of <see cref="Cast.Holder"/>.</summary>
    public static TestChain WithLicence()
    {
        var chain = WithCatalogue();
        chain.MustRun(Cast.Issuer, "licences", "issue", Samples.Issue());
        return chain;
    }

    /// <summary>A signed transaction of this chain.</summary>
    public SignedTransaction Sign(Actor signer, string contract, string method, IMessage arguments)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        BinaryPrimitives.WriteInt32BigEndian(unique, ++_uniqueId);
        return TransactionBuilder.Sign(Id, contract, method, arguments, signer.Key, new Height(Height.Value + 100), unique);
    }

    /// <summary>A signed transaction whose arguments are any bytes at all.</summary>
    public SignedTransaction SignRaw(Actor signer, string contract, string method, ReadOnlySpan<byte> arguments)
    {
        var payload = new TransactionPayload
        {
            ChainId = Id.Value,
            Contract = contract,
            Method = method,
            Arguments = ByteString.CopyFrom(arguments),
            SignerKeyId = ByteString.CopyFrom(signer.Id.Value.Span),
            ValidUntilHeight = Height.Value + 100,
            UniqueId = ByteString.CopyFrom(new byte[SignedTransaction.UniqueIdSize]),
        }.ToByteString();
        var message = new TransactionMessage { Payload = payload, Signature = ByteString.CopyFrom(signer.Sign(SigningContext.Transaction, payload.Span)) };
        return SignedTransaction.TryParse(message.ToByteArray(), out var transaction, out var refusal) ? transaction : throw new InvalidOperationException(refusal.ToString());
    }

    /// <summary>Executes the next block without committing it.</summary>
    public BlockOutcome Execute(params IReadOnlyList<SignedTransaction> transactions) => _executor.Execute(State, Next, transactions);

    /// <summary>Executes and commits the next block.</summary>
    public BlockOutcome Commit(params IReadOnlyList<SignedTransaction> transactions)
    {
        var context = Next;
        var outcome = Execute(transactions);
        State.Apply(outcome.Writes);
        NoteUpgrade(outcome.Writes);
        (Height, Now) = (context.Height, context.Time);
        return outcome;
    }

    /// <summary>Commits a block with one transaction and returns its receipt.</summary>
    public Receipt Run(Actor signer, string contract, string method, IMessage arguments) => Commit(Sign(signer, contract, method, arguments)).Receipts[0];

    /// <summary>As <see cref="Run"/>; throws when it was refused.</summary>
    public Receipt MustRun(Actor signer, string contract, string method, IMessage arguments)
    {
        var receipt = Run(signer, contract, method, arguments);
        return receipt.Applied ? receipt : throw new InvalidOperationException($"{contract}.{method} was refused: {receipt.Code}: {receipt.Detail}");
    }

    /// <summary>Asserts that the call is refused with this code and changes nothing.</summary>
    public Receipt Refuses(string code, Actor signer, string contract, string method, IMessage arguments)
    {
        var outcome = Commit(Sign(signer, contract, method, arguments));
        Assert.Equal(code, outcome.Receipts[0].Code);
        Assert.NotEmpty(outcome.Receipts[0].Detail);
        Assert.Empty(outcome.Receipts[0].Events);
        Assert.Empty(outcome.Writes);
        return outcome.Receipts[0];
    }

    /// <summary>The record at a key, or null.</summary>
    public T? Find<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => State.TryGet(key, out var bytes) ? parser.ParseFrom(bytes.Span) : null;

    private void NoteUpgrade(IEnumerable<StateWrite> writes)
    {
        foreach (var write in writes)
            if (write.Key == StateKeys.Upgrade)
                _upgrade = UpgradeRecord.Parser.ParseFrom(write.Value!.Value.Span);
    }
}
