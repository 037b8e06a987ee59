using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests;

public sealed class TransactionAdmissionTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Admitted_transaction_comes_with_the_key_that_signed_it()
    {
        var transaction = _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue());
        Assert.Null(Check(transaction, out var key));
        Assert.True(transaction.VerifySignature(key!));
    }

    [Fact]
    public void Transaction_of_another_chain_is_refused()
    {
        var transaction = _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue());
        var refusal = TransactionAdmission.Check(_chain.State, At(1) with { Chain = ChainId.Parse("other-chain") }, ChainParameters.Default, transaction, out var key);
        Assert.Equal(TransactionCodes.WrongChain, refusal!.Code);
        Assert.Null(key);
    }

    [Theory]
    [InlineData(9, 10, TransactionCodes.Expired)]
    [InlineData(10, 10, null)]
    [InlineData(1010, 10, null)]
    [InlineData(1011, 10, TransactionCodes.TooFarAhead)]
    public void Last_height_lies_within_the_window(ulong validUntil, ulong next, string? code)
    {
        var transaction = TransactionBuilder.Sign(TestChain.Id, "licences", "issue", Samples.Issue(), Cast.Issuer.Key, new Height(validUntil), new byte[16]);
        Assert.Equal(code, TransactionAdmission.Check(_chain.State, At(next), ChainParameters.Default, transaction, out _)?.Code);
    }

    [Fact]
    public void Transaction_larger_than_this_chain_takes_is_refused()
    {
        var record = ChainParameters.Default.ToRecord();
        record.MaxTransactionBytes = ChainParameters.LeastTransactionBytes;
        Assert.True(ChainParameters.TryFrom(record, out var parameters, out _));
        var transaction = _chain.Sign(Cast.Issuer, "licences", "issueBatch", Samples.Batch(50));
        Assert.Equal(TransactionCodes.Oversize, TransactionAdmission.Check(_chain.State, At(1), parameters, transaction, out _)?.Code);
    }

    [Fact]
    public void Unknown_key_is_refused() => Refuses(TransactionCodes.UnknownKey, _chain.Sign(Cast.Stranger, "licences", "issue", Samples.Issue()));

    [Fact]
    public void Expired_key_is_refused_from_its_last_instant_on()
    {
        var transaction = _chain.Sign(Cast.Expiring, "licences", "issue", Samples.Issue());
        _chain.Now = new UnixTime(TestGenesis.ExpiringMs - 1);
        Assert.Null(Check(transaction, out _));
        _chain.Now = new UnixTime(TestGenesis.ExpiringMs);
        Refuses(TransactionCodes.InactiveKey, transaction);
    }

    [Theory]
    [InlineData(StandingStatus.Suspended)]
    [InlineData(StandingStatus.Removed)]
    public void Suspended_or_removed_member_or_key_is_refused(StandingStatus status)
    {
        var transaction = _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue());
        var key = TestGenesis.Key(Cast.Issuer, KeyRole.Issue);
        key.Status = status;
        Refuses(TransactionCodes.InactiveKey, transaction, Broken.With(_chain, key));
        var member = TestGenesis.Member(Cast.JiangsuPolice, Cast.Jiangsu, MemberRole.Issuer);
        member.Status = status;
        Refuses(TransactionCodes.InactiveKey, transaction, Broken.With(_chain, member));
    }

    [Theory]
    [InlineData("licences", "mint")]
    [InlineData("nonsense", "issue")]
    [InlineData("Licences", "issue")]
    public void Unknown_contract_or_method_is_refused(string contract, string method) =>
        Refuses(TransactionCodes.UnknownMethod, _chain.Sign(Cast.Issuer, contract, method, Samples.Issue()));

    [Fact]
    public void Consensus_key_sends_no_transactions() => Refuses(TransactionCodes.MissingRole, _chain.Sign(Cast.Validators[0], "access", "checkpoint", new AnchorCheckpoint()));

    [Fact]
    public void Signer_directory_reads_a_key_once_and_judges_it_at_each_time()
    {
        var signers = new SignerDirectory(_chain.State);
        var transaction = _chain.Sign(Cast.Expiring, "licences", "issue", Samples.Issue());
        Assert.Null(Check(signers, new UnixTime(TestGenesis.ExpiringMs - 1), transaction));
        var reads = _chain.State.Reads;
        Assert.Equal(TransactionCodes.InactiveKey, Check(signers, new UnixTime(TestGenesis.ExpiringMs), transaction)?.Code);
        Assert.Equal(reads, _chain.State.Reads);
    }

    private BlockContext At(ulong height) => new(TestChain.Id, new Height(height), _chain.Now);

    private static Refusal? Check(SignerDirectory signers, UnixTime now, SignedTransaction transaction) =>
        TransactionAdmission.Check(signers, new BlockContext(TestChain.Id, new Height(1), now), ChainParameters.Default, transaction, out _);

    private Refusal? Check(SignedTransaction transaction, out Protocol.Cryptography.Sm2PublicKey? key, IStateReader? state = null) =>
        TransactionAdmission.Check(state ?? _chain.State, At(1), ChainParameters.Default, transaction, out key);

    private void Refuses(string code, SignedTransaction transaction, IStateReader? state = null) => Assert.Equal(code, Check(transaction, out _, state)?.Code);
}
