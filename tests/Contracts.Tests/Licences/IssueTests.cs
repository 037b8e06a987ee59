using Google.Protobuf;
using LicenceChain.Contracts.Licences;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Licences;

public sealed class IssueTests
{
    private readonly TestChain _chain = TestChain.WithCatalogue();

    [Fact]
    public void Issued_licence_stands_in_the_state_as_its_issuer_said()
    {
        var receipt = _chain.MustRun(Cast.Issuer, "licences", "issue", Samples.Issue());
        var record = _chain.Find(StateKeys.Licence(Samples.LicenceId()), LicenceRecord.Parser)!;
        Assert.Equal(Cast.JiangsuPolice.Value, record.Issuer);
        Assert.Equal(Cast.Jiangsu.Value, record.Region);
        Assert.Equal(LicenceStatus.Valid, record.Status);
        Assert.Equal(_chain.Height.Value, record.IssuedHeight);
        Assert.Equal(_chain.Now.Milliseconds, record.ChangedMs);
        Assert.Equal(1u, record.Version);
        var issued = Assert.Single(receipt.Events);
        Assert.Equal(("licence.issued", record.Id), (issued.Type, issued.Subject));
        Assert.Equal(record, LicenceRecord.Parser.ParseFrom(issued.Data));
    }

    [Fact]
    public void Identifier_with_a_wrong_check_character_is_refused()
    {
        var id = Samples.LicenceId().Value;
        Refuses(LicenceCodes.BadId, l => l.Id = id[..^1] + (id[^1] == 'A' ? 'B' : 'A'));
    }

    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("A11010519491231002X1")]
    public void Serial_that_holds_a_citizen_number_never_comes_onto_the_chain(string serial)
    {
        var receipt = _chain.Refuses(LicenceCodes.BadId, Cast.Issuer, "licences", "issue", Samples.Issue(serial));
        Assert.DoesNotContain("11010519491231002", System.Text.Encoding.UTF8.GetString(receipt.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Licence_in_the_name_of_another_issuer_is_refused() =>
        Refuses(LicenceCodes.OtherIssuer, l => l.Id = Samples.LicenceId(issuer: Cast.ShanghaiPolice).Value);

    [Theory]
    [InlineData("no-such-type")]
    [InlineData("")]
    [InlineData("Not A Code")]
    public void Licence_of_an_unregistered_type_is_refused(string type) => Refuses(LicenceCodes.UnknownType, l => l.Type = type);

    [Fact]
    public void Type_code_in_the_identifier_must_be_the_catalogue_types() => Refuses(LicenceCodes.OtherType, l => l.Id = Samples.LicenceId(typeCode: Samples.MarriageTypeCode).Value);

    [Fact]
    public void Licence_is_issued_once()
    {
        _chain.MustRun(Cast.Issuer, "licences", "issue", Samples.Issue());
        Refuses(LicenceCodes.AlreadyIssued, _ => { });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void Zero_or_mis_sized_digests_are_refused(int length)
    {
        var bad = ByteString.CopyFrom(new byte[length]);
        Refuses(LicenceCodes.BadDigest, l => l.HolderTag = bad);
        Refuses(LicenceCodes.BadDigest, l => l.Commitment = bad);
        Refuses(LicenceCodes.BadDigest, l => l.CredentialHash = bad);
    }

    [Fact]
    public void Validity_has_a_beginning() => Refuses(LicenceCodes.BadValidity, l => l.ValidFromMs = 0);

    [Fact]
    public void Validity_ends_after_it_begins() => Refuses(LicenceCodes.BadValidity, l => l.ValidUntilMs = l.ValidFromMs);

    [Fact]
    public void Type_with_a_term_asks_for_an_end() => Refuses(LicenceCodes.BadValidity, l => l.ValidUntilMs = 0);

    [Fact]
    public void Validity_beyond_the_types_term_is_refused() => Refuses(LicenceCodes.BadValidity, l => l.ValidUntilMs = l.ValidFromMs + (21 * 366 * Samples.DayMs));

    [Fact]
    public void Validity_beyond_the_year_9999_is_refused()
    {
        Refuses(LicenceCodes.BadValidity, l => l.ValidFromMs = ulong.MaxValue);
        Refuses(LicenceCodes.BadValidity, l => l.ValidUntilMs = ulong.MaxValue);
    }

    [Fact]
    public void Licence_that_has_expired_already_may_be_recorded()
    {
        var old = Samples.Issue();
        (old.ValidFromMs, old.ValidUntilMs) = (1, 1 + Samples.DayMs);
        Assert.True(_chain.Run(Cast.Issuer, "licences", "issue", old).Applied);
    }

    [Fact]
    public void Type_without_a_term_needs_no_end()
    {
        var endless = Samples.Issue();
        (endless.Id, endless.Type, endless.ValidUntilMs) = (Samples.LicenceId(typeCode: Samples.MarriageTypeCode).Value, "marriage-certificate", 0);
        Assert.True(_chain.Run(Cast.Issuer, "licences", "issue", endless).Applied);
    }

    [Fact]
    public void Only_an_issue_key_of_an_issuer_issues()
    {
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Approver, "licences", "issue", Samples.Issue());
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Verifier, "licences", "issue", Samples.Issue());
    }

    private void Refuses(string code, Action<IssueLicence> spoil)
    {
        var licence = Samples.Issue();
        spoil(licence);
        _chain.Refuses(code, Cast.Issuer, "licences", "issue", licence);
    }
}
