using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Tests.Support;

namespace LicenceChain.Sdk.Tests.Client;

public sealed class EventStreamTests
{
    private readonly FakeNode _node = new();

    [Fact]
    public async Task Events_come_in_order_with_type_subject_and_data()
    {
        using var client = _node.ThenText(": heartbeat\n\n" + Event(1, 0, 0) + Event(1, 0, 1)).Client();
        var events = await Take(client.FollowEventsAsync(new Height(1), ["licence.issued"], follow: false), 9);
        Assert.Equal([new EventCursor(1, 0, 0), new EventCursor(1, 0, 1)], events.Select(e => e.Cursor));
        Assert.Equal(("licence.issued", "1.2.156", 2), (events[0].Type, events[0].Subject, events[0].Data.Length));
        Assert.Equal("GET /v1/events?from=1&follow=false&types=licence.issued", Assert.Single(_node.Asked).Line);
    }

    [Fact]
    public async Task After_a_lost_connection_it_resumes_behind_the_last_event_and_delivers_none_twice()
    {
        using var client = _node.ThenText(Event(3, 0, 0) + Event(3, 1, 0)).ThenNothing().ThenText(Event(3, 0, 0) + Event(3, 1, 0) + Event(4, 0, 0)).Client();
        var events = await Take(client.FollowEventsAsync(new Height(1)), 3);
        Assert.Equal(["3.0.0", "3.1.0", "4.0.0"], events.Select(e => e.Cursor.ToString()));
        Assert.Equal([null, "3.1.0", "3.1.0"], _node.Asked.Select(a => a.LastEventId));
    }

    [Fact]
    public async Task It_gives_up_after_so_many_failures_in_a_row()
    {
        using var client = _node.ThenNothing().ThenNothing().Client(attempts: 2);
        await Refused(SdkCodes.Unreachable, client);
    }

    [Fact]
    public async Task It_does_not_try_again_where_it_has_no_right()
    {
        using var client = _node.ThenProblem(403, "LC-API-005").Client();
        await Refused("LC-API-005", client);
    }

    [Theory]
    [InlineData("id: 1.0.0\ndata: nonsense\n\n")]
    [InlineData("id: 2.0.0\ndata: {\"height\":1,\"transactionIndex\":0,\"eventIndex\":0,\"transactionId\":\"\",\"event\":{}}\n\n")]
    [InlineData("data: {}\n\n")]
    [InlineData("id: x\ndata: null\n\n")]
    public async Task What_is_no_event_is_refused(string text)
    {
        using var client = _node.ThenText(text).Client();
        await Refused(SdkCodes.BadAnswer, client);
    }

    [Fact]
    public async Task An_event_without_end_is_refused()
    {
        using var client = _node.ThenText("data: " + new string('x', (1024 * 1024) + 1)).Client();
        await Refused(SdkCodes.BadAnswer, client);
    }

    [Fact]
    public async Task An_event_of_countless_short_lines_is_refused()
    {
        using var client = _node.ThenText(string.Concat(Enumerable.Repeat("data: x\n", 100_000))).Client();
        await Refused(SdkCodes.BadAnswer, client);
    }

    private static async Task Refused(string code, LicenceChainClient client) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<LicenceChainException>(() => Take(client.FollowEventsAsync(new Height(1)), 1))).Code);

    private static async Task<List<ChainEvent>> Take(IAsyncEnumerable<ChainEvent> events, int count)
    {
        var taken = new List<ChainEvent>();
        await foreach (var one in events)
        {
            taken.Add(one);
            if (taken.Count == count) break;
        }

        return taken;
    }

    private static string Event(int height, int transaction, int index) =>
        $"id: {height}.{transaction}.{index}\nevent: licence.issued\n"
        + $"data: {{\"height\":{height},\"transactionIndex\":{transaction},\"eventIndex\":{index},\"transactionId\":\"{new string('a', 64)}\","
        + "\"event\":{\"type\":\"licence.issued\",\"subject\":\"1.2.156\",\"data\":\"0a00\"}}\n\n";
}
