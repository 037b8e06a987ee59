using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Licences;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests;

public sealed class BlockExecutorTests
{
    private readonly TestChain _chain = TestChain.WithCatalogue();

    [Fact]
    public void Block_of_many_members_leaves_one_receipt_each_in_order()
    {
        SignedTransaction[] block =
        [
            _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue("1")),
            _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue("1")),
            _chain.Sign(Cast.Issuer, "licences", "suspend", Samples.Change()),
            _chain.Sign(Cast.Verifier, "authorisations", "grant", Samples.Signed(Samples.Grant(_chain.Now))),
            _chain.Sign(Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() }),
        ];
        var outcome = _chain.Commit(block);
        Assert.Equal(block.Select(t => t.Id), outcome.Receipts.Select(r => r.Transaction));
        Assert.Equal([Refusal.Ok, LicenceCodes.AlreadyIssued, Refusal.Ok, Refusal.Ok, Refusal.Ok], outcome.Receipts.Select(r => r.Code));
        Assert.All(outcome.Receipts, r => Assert.True(Receipt.TryParse(r.Bytes, out _)));
    }

    [Fact]
    public void Later_transaction_sees_what_earlier_ones_wrote_and_the_last_value_wins()
    {
        var outcome = _chain.Commit(
            _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue()),
            _chain.Sign(Cast.Issuer, "licences", "suspend", Samples.Change()),
            _chain.Sign(Cast.Issuer, "licences", "revoke", Samples.Change()));
        var write = Assert.Single(outcome.Writes);
        Assert.Equal(StateKeys.Licence(Samples.LicenceId()), write.Key);
        Assert.Equal(LicenceStatus.Revoked, LicenceRecord.Parser.ParseFrom(write.Value!.Value.Span).Status);
    }

    [Fact]
    public void Type_registered_in_a_block_serves_the_transactions_after_it()
    {
        var chain = new TestChain();
        var outcome = chain.Commit(
            chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue("1")),
            chain.Sign(Cast.Governor, "catalogue", "register", new RegisterLicenceType { Type = Samples.ResidentId() }),
            chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue("2")));
        Assert.Equal([LicenceCodes.UnknownType, Refusal.Ok, Refusal.Ok], outcome.Receipts.Select(r => r.Code));
    }

    [Fact]
    public void Records_found_in_a_block_are_changed_on_a_copy()
    {
        var chain = TestChain.WithLicence();
        var before = Bytes(chain.State.All());
        chain.Execute(
            chain.Sign(Cast.Issuer, "licences", "suspend", Samples.Change()),
            chain.Sign(Cast.Verifier, "authorisations", "grant", Samples.Signed(Samples.Grant(chain.Now))));
        Assert.Equal(before, Bytes(chain.State.All()));
    }

    [Fact]
    public void Empty_block_changes_nothing_and_keeps_the_validators()
    {
        var outcome = _chain.Commit();
        Assert.Empty(outcome.Receipts);
        Assert.Empty(outcome.Writes);
        Assert.Equal(ValidatorSet.MinCount, outcome.NextValidators.Count);
    }

    [Fact]
    public void Unknown_and_expired_keys_leave_a_failed_receipt()
    {
        _chain.Refuses(TransactionCodes.UnknownKey, Cast.Stranger, "licences", "issue", Samples.Issue());
        _chain.Now = new(TestGenesis.ExpiringMs);
        _chain.Refuses(TransactionCodes.InactiveKey, Cast.Expiring, "licences", "issue", Samples.Issue());
    }

    [Fact]
    public void Unknown_method_leaves_a_failed_receipt() => _chain.Refuses(TransactionCodes.UnknownMethod, Cast.Issuer, "licences", "mint", Samples.Issue());

    [Fact]
    public void Arguments_of_another_method_or_with_unknown_fields_are_refused()
    {
        _chain.Refuses(TransactionCodes.BadArguments, Cast.Issuer, "licences", "issueBatch", new GrantItem { Attributes = { "x" } });
        var unknown = _chain.Commit(_chain.SignRaw(Cast.Issuer, "licences", "issue", [0xF8, 0x07, 0x01]));
        Assert.Equal(TransactionCodes.BadArguments, unknown.Receipts[0].Code);
    }

    [Fact]
    public void Transaction_over_its_budget_of_reads_or_writes_is_refused_whole()
    {
        var batch = _chain.Sign(Cast.Issuer, "licences", "issueBatch", Samples.Batch(20));
        foreach (var limits in (ExecutionLimits[])[new(30, 520, 65_536), new(1_100, 19, 65_536), new(1_100, 520, 100)])
        {
            var outcome = new BlockExecutor(limits).Execute(_chain.State, _chain.Next, [batch, batch]);
            Assert.All(outcome.Receipts, r => Assert.Equal(TransactionCodes.OverBudget, r.Code));
            Assert.Empty(outcome.Writes);
        }

        Assert.True(new BlockExecutor(new(40, 20, 65_536)).Execute(_chain.State, _chain.Next, [batch]).Receipts[0].Applied);
    }

    [Fact]
    public void Member_and_type_are_read_once_a_block()
    {
        var block = Enumerable.Range(1, 10).Select(i => _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue($"{i}"))).ToArray();
        var before = _chain.State.Reads;
        _chain.Execute(block);
        // Key, member, type and the validators once; each licence once, to see that it does not exist.
        Assert.Equal(before + 4 + block.Length, _chain.State.Reads);
    }

    [Fact]
    public void State_that_no_chain_left_stops_the_executor()
    {
        Assert.Throws<InvalidOperationException>(() => new BlockExecutor().Execute(new MemoryState([]), _chain.Next, []));
        var broken = new MemoryState([.. _chain.State.All(), new StateWrite(StateKeys.LicenceType("resident-id"), new byte[] { 0xFF })]);
        Assert.Throws<InvalidOperationException>(() => new BlockExecutor().Execute(broken, _chain.Next, [_chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue())]));
    }

    private static IEnumerable<string> Bytes(IEnumerable<StateWrite> writes) => writes.Select(w => $"{w.Key}={Convert.ToHexString(w.Value!.Value.Span)}").Order(StringComparer.Ordinal);
}
