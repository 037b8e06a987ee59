using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Recognition;

public sealed class RecognitionRequestTests
{
    [Fact]
    public void Sound_request_is_read_and_written_back_the_same()
    {
        var asked = new Request().Asked;
        Assert.True(RecognitionRequest.TryFrom(asked, out var request, out _));
        Assert.Equal(asked, request.ToMessage());
        Assert.Equal(Request.Grant, request.Grant);
    }

    [Fact]
    public void Request_without_a_grant_is_well_formed()
    {
        var asked = new Request().Asked;
        asked.GrantId = ByteString.Empty;
        Assert.True(RecognitionRequest.TryFrom(asked, out var request, out _));
        Assert.Null(request.Grant);
    }

    [Fact]
    public void Malformed_field_is_named()
    {
        Refuses("requester", a => a.Requester = "somebody");
        Refuses("region", a => a.Region = "310101");
        Refuses("matter", a => a.Matter = "A Matter");
        Refuses("licence_id", a => a.LicenceId = "1.2.3");
        Refuses("attributes", a => a.Attributes.Clear());
        Refuses("attributes", a => a.Attributes.Add("address"));
        Refuses("attributes", a => a.Attributes.AddRange(Enumerable.Range(0, 64).Select(i => $"z{i:D2}")));
        Refuses("grant_id", a => a.GrantId = ByteString.CopyFrom(new byte[31]));
        Assert.False(RecognitionRequest.TryFrom(null, out _, out _));
    }

    [Fact]
    public void Identifier_of_a_deployed_system_is_read_leniently()
    {
        var asked = new Request().Asked;
        asked.LicenceId = "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9";
        Assert.True(RecognitionRequest.TryFrom(asked, out _, out _));
    }

    private static void Refuses(string field, Action<RecognitionRequestMessage> spoil)
    {
        var asked = new Request().Asked;
        spoil(asked);
        Assert.False(RecognitionRequest.TryFrom(asked, out var request, out var refusal));
        Assert.Null(request);
        Assert.Equal(RecognitionCodes.BadRequest, refusal.Code);
        Assert.StartsWith(field, refusal.Detail, StringComparison.Ordinal);
    }
}
