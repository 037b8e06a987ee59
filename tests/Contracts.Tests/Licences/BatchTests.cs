using LicenceChain.Contracts.Licences;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Licences;

public sealed class BatchTests
{
    private readonly TestChain _chain = TestChain.WithCatalogue();

    [Fact]
    public void Batch_of_five_hundred_is_issued_under_one_signature_and_its_receipt_fits()
    {
        var outcome = _chain.Commit(_chain.Sign(Cast.Issuer, "licences", "issueBatch", Samples.Batch(500)));
        Assert.Equal(500, outcome.Writes.Count);
        Assert.Equal(500, outcome.Receipts[0].Events.Count);
        Assert.True(outcome.Receipts[0].Bytes.Length <= ProtocolLimits.MaxReceiptBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void Batch_has_one_to_five_hundred_licences(int count) => _chain.Refuses(LicenceCodes.BadBatch, Cast.Issuer, "licences", "issueBatch", Samples.Batch(count));

    [Fact]
    public void One_bad_licence_refuses_the_whole_batch_and_is_named()
    {
        var batch = Samples.Batch(5);
        batch.Licences[3].Type = "no-such-type";
        var receipt = _chain.Refuses(LicenceCodes.UnknownType, Cast.Issuer, "licences", "issueBatch", batch);
        Assert.StartsWith("licences[3]:", receipt.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Licence_that_stands_twice_in_a_batch_refuses_it()
    {
        var batch = new IssueLicences { Licences = { Samples.Issue(), Samples.Issue() } };
        _chain.Refuses(LicenceCodes.AlreadyIssued, Cast.Issuer, "licences", "issueBatch", batch);
    }
}
