using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using LicenceChain.Node.Api;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Tests.Api;

public sealed class FormTests
{
    public static TheoryData<string> Messages =>
        [.. new[] { ApiReflection.Descriptor, AccessReflection.Descriptor, MembershipReflection.Descriptor, LicencesReflection.Descriptor, RecognitionReflection.Descriptor }
            .SelectMany(f => f.MessageTypes).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_has_a_json_form(string name)
    {
        var message = Find(name).Parser.ParseFrom(ByteString.Empty);
        using var document = Write(message);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Fact]
    public void Bytes_are_hexadecimal_and_numbers_are_numbers()
    {
        using var document = Write(new EventEntry { Height = ulong.MaxValue, TransactionId = ByteString.CopyFrom(0xAB, 0x01), Event = new EventMessage { Type = "t", Subject = "证" } });
        Assert.Equal(ulong.MaxValue, document.RootElement.GetProperty("height").GetUInt64());
        Assert.Equal("ab01", document.RootElement.GetProperty("transactionId").GetString());
        Assert.Equal("证", document.RootElement.GetProperty("event").GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("application/json", false)]
    [InlineData("application/x-protobuf", true)]
    [InlineData("application/x-protobuf, application/problem+json", true)]
    [InlineData("application/json, application/x-protobuf;q=0.5", false)]
    [InlineData("APPLICATION/X-PROTOBUF", true)]
    [InlineData("*/*", false)]
    public void Protobuf_is_sent_to_whom_it_suits_best(string accept, bool protobuf)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Accept = accept;
        Assert.Equal(protobuf, Negotiation.WantsProtobuf(http.Request));
    }

    [Fact]
    public void Event_position_survives_its_text() => Prop.ForAll<ulong, uint, uint>((height, transaction, index) =>
    {
        var position = new EventPosition(height, transaction, index);
        return EventPosition.TryParse(position.ToString(), out var read) && read == position;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_that_is_taken_for_an_event_position_is_the_one_text_of_it() => Prop.ForAll<string>(text =>
        !EventPosition.TryParse(text, out var position) || position.ToString() == text).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.-2.3")]
    [InlineData("1.2.4294967296")]
    public void Text_of_another_form_is_no_event_position(string text) => Assert.False(EventPosition.TryParse(text, out _));

    [Fact]
    public void Question_for_any_kind_and_id_is_answered_or_refused() => Prop.ForAll<int, string>((kind, id) =>
    {
        string[] kinds = ["member", "key", "licence-type", "licence", "grant", "grant-use", "matter", "agreement", "checkpoint", "evidence", "parameters", "validators", "none"];
        var ok = StateKind.TryResolve(kinds[(int)((uint)kind % kinds.Length)], id ?? "", out _, out var key, out var refusal);
        return ok ? key.Span.Length > 2 : refusal is not null;
    }).QuickCheckThrowOnFailure();

    private static JsonDocument Write(IMessage message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) ProtoJson.Write(writer, message);
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static MessageDescriptor Find(string name) =>
        new[] { ApiReflection.Descriptor, AccessReflection.Descriptor, MembershipReflection.Descriptor, LicencesReflection.Descriptor, RecognitionReflection.Descriptor }
            .SelectMany(f => f.MessageTypes).First(m => m.Name == name);
}
