using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests;

public sealed class DeterminismTests
{
    private readonly TestChain _chain = TestChain.WithLicence();

    [Fact]
    public void Same_block_gives_the_same_bytes_twice()
    {
        var block = Block();
        Assert.Equal(Bytes(_chain.Execute(block)), Bytes(_chain.Execute(block)));
    }

    [Fact]
    public void Order_in_which_the_state_holds_its_records_never_shows()
    {
        var block = Block();
        var reversed = new MemoryState(_chain.State.All().Reverse());
        Assert.Equal(Bytes(_chain.Execute(block)), Bytes(new BlockExecutor().Execute(reversed, _chain.Next, block)));
    }

    [Fact]
    public void Writes_ascend_by_key_and_name_each_key_once()
    {
        var writes = _chain.Execute(Block()).Writes;
        for (var i = 1; i < writes.Count; i++) Assert.True(writes[i - 1].Key < writes[i].Key);
    }

    [Fact]
    public void Refused_transaction_changes_nothing_whatever_its_arguments()
    {
        var methods = MethodTable.All;
        var actors = (Actor[])[Cast.Issuer, Cast.Verifier, Cast.Governor, Cast.Service];
        var cases = Gen.Choose(0, methods.Count - 1).SelectMany(m => Gen.Choose(0, actors.Length - 1).SelectMany(a => Arguments().Select(bytes => (m, a, bytes))));
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var transaction = _chain.SignRaw(actors[one.a], methods[one.m].Contract, methods[one.m].Name, one.bytes);
            var outcome = _chain.Execute(transaction);
            var receipt = outcome.Receipts[0];
            return receipt.Applied || (outcome.Writes.Count == 0 && receipt.Events.Count == 0 && receipt.Detail.Length > 0);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Refused_transactions_among_good_ones_leave_what_the_good_ones_alone_leave()
    {
        var good = Block().Where(t => _chain.Execute(t).Receipts[0].Applied).ToArray();
        var spoilt = good.SelectMany(t => new[] { t, _chain.SignRaw(Cast.Issuer, t.Contract, t.Method, [1, 2, 3]) }).ToArray();
        Assert.NotEmpty(good);
        Assert.Equal(Writes(_chain.Execute(good)), Writes(_chain.Execute(spoilt)));
    }

    // Sound arguments with a byte or two changed, cut short, or nothing but noise.
    private Gen<byte[]> Arguments()
    {
        var sound = Block().Select(t => t.Arguments.ToArray()).ToArray();
        var changed = Gen.Elements(sound).SelectMany(s => Gen.Choose(0, s.Length - 1).SelectMany(at => Gen.Choose(0, 255).Select(value =>
        {
            var copy = (byte[])s.Clone();
            copy[at] = (byte)value;
            return copy;
        })));
        var cut = Gen.Elements(sound).SelectMany(s => Gen.Choose(0, s.Length).Select(length => s[..length]));
        var noise = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        return Gen.OneOf(changed, cut, noise);
    }

    private SignedTransaction[] Block() =>
    [
        _chain.Sign(Cast.Issuer, "licences", "issueBatch", Samples.Batch(7)),
        _chain.Sign(Cast.Issuer, "licences", "issue", Samples.Issue("2")),
        _chain.Sign(Cast.Issuer, "licences", "suspend", Samples.Change()),
        _chain.Sign(Cast.OtherIssuer, "licences", "revoke", Samples.Change()),
        _chain.Sign(Cast.Verifier, "authorisations", "grant", Samples.Signed(Samples.Grant(_chain.Now))),
        _chain.Sign(Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() }),
        _chain.Sign(Cast.Governor, "recognition", "propose", new ProposeAgreement { Document = Samples.AgreementDocument() }),
        _chain.Sign(Cast.Governor, "catalogue", "register", new RegisterLicenceType { Type = Samples.ResidentId() }),
    ];

    private static IEnumerable<string> Bytes(BlockOutcome outcome) => outcome.Receipts.Select(r => Convert.ToHexString(r.Bytes.Span)).Concat(Writes(outcome));

    private static IEnumerable<string> Writes(BlockOutcome outcome) => outcome.Writes.Select(w => $"{w.Key}={Convert.ToHexString(w.Value!.Value.Span)}");
}
