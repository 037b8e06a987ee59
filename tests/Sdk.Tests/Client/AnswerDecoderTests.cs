using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Tests.Support;

namespace LicenceChain.Sdk.Tests.Client;

/// <summary>A node that lies or breaks never brings its client down: every answer is read or is a <see cref="LicenceChainException"/>. FsCheck prints the seed of a failure.</summary>
public sealed class AnswerDecoderTests
{
    private const int Runs = 500;

    private static readonly string[] Spoilers = ["null", "-1", "{}", "[]", "\"\\ud800\"", "\\ud800", "1e400", ":", "\n", "\n\n", "id: ", "data: ", "\u0000", "\""];

    private static readonly byte[] Problem = Encoding.UTF8.GetBytes("""{"title":"No","detail":"Because.","code":"LC-API-005"}""");

    private static readonly byte[] Event = Encoding.UTF8.GetBytes(
        $"id: 1.0.0\nevent: licence.issued\ndata: {{\"height\":1,\"transactionIndex\":0,\"eventIndex\":0,\"transactionId\":\"{new string('a', 64)}\","
        + "\"event\":{\"type\":\"licence.issued\",\"subject\":\"1.2.156\",\"data\":\"0a00\"}}\n\n");

    [Fact]
    public Task A_changed_problem_document_is_a_refusal_all_the_same() => CheckAsync(Problem, async changed =>
    {
        using var client = new FakeNode().Then(_ => Answer(HttpStatusCode.Forbidden, "application/problem+json", changed)).Client(attempts: 1);
        return await Record.ExceptionAsync(() => client.GetHeadersAsync(new Height(1), 1)) is LicenceChainException { Code.Length: > 0 };
    });

    [Fact]
    public Task A_changed_event_is_read_in_its_place_or_refused() => CheckAsync(Event, async changed =>
    {
        using var stream = new MemoryStream(changed);
        var failed = await Record.ExceptionAsync(async () =>
        {
            await foreach (var item in SseReader.ReadAsync(stream, CancellationToken.None))
                Assert.Equal(item.Id, EventJson.Parse(item.Id, item.Data).Cursor.ToString());
        });
        return failed is null or LicenceChainException { Code: SdkCodes.BadAnswer };
    });

    [Theory]
    [InlineData("null", "\"1.2\"", "\"00\"")]
    [InlineData("\"t\"", "null", "\"00\"")]
    [InlineData("\"t\"", "\"1.2\"", "null")]
    [InlineData("\"t\"", "\"1.2\"", "\"0\"")]
    public void An_event_with_a_field_of_no_value_is_refused(string type, string subject, string data)
    {
        var json = $"{{\"height\":1,\"transactionIndex\":0,\"eventIndex\":0,\"transactionId\":\"{new string('a', 64)}\",\"event\":{{\"type\":{type},\"subject\":{subject},\"data\":{data}}}}}";
        Assert.Equal(SdkCodes.BadAnswer, Assert.Throws<LicenceChainException>(() => EventJson.Parse("1.0.0", json)).Code);
    }

    private static Task CheckAsync(byte[] sound, Func<byte[], Task<bool>> holds) => Task.Run(() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => holds(Change(new Random(seed), sound)).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs)));

    private static byte[] Change(Random random, byte[] sound)
    {
        var changed = (byte[])sound.Clone();
        var at = random.Next(changed.Length);
        switch (random.Next(4))
        {
            case 0: return changed[..at];
            case 1: return [.. changed[..at], .. Encoding.UTF8.GetBytes(Spoilers[random.Next(Spoilers.Length)]), .. changed[at..]];
            case 2: changed[at] = (byte)random.Next(256); return changed;
            default: return [.. changed[..at], .. Encoding.UTF8.GetBytes(Spoilers[random.Next(Spoilers.Length)]), .. changed[int.Min(changed.Length, at + random.Next(1, 30))..]];
        }
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string type, byte[] bytes) =>
        new(status) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
}
