using System.Net;
using System.Text.Json;
using LicenceChain.Hosting.Tokens;

namespace LicenceChain.Node.Tests.Api;

[Collection(RunningNetwork.Name)]
public sealed class EventTests(RunningNetwork network) : IDisposable
{
    private readonly HttpClient _http = network.Http(0, TokenRoles.Auditor);

    [Fact]
    public async Task Events_come_from_the_height_asked_for_in_the_order_of_the_chain()
    {
        var first = await network.Content.IssueAsync();
        var second = await network.Content.IssueAsync();
        var all = await ReadAsync("v1/events?types=licence.issued&follow=false");

        var subjects = all.Select(e => e.Data.GetProperty("event").GetProperty("subject").GetString()).ToList();
        Assert.True(subjects.IndexOf(first.Argument.Id) < subjects.IndexOf(second.Argument.Id));
        Assert.All(all, e => Assert.Equal("licence.issued", e.Type));
        var heights = all.Select(e => e.Data.GetProperty("height").GetUInt64()).ToList();
        Assert.Equal(heights.Order(), heights);

        var later = await ReadAsync($"v1/events?types=licence.issued&follow=false&from={heights[^1]}");
        Assert.Equal(all.Where(e => e.Data.GetProperty("height").GetUInt64() >= heights[^1]).Select(e => e.Id), later.Select(e => e.Id));
    }

    [Fact]
    public async Task Stream_goes_on_after_the_last_event_that_was_seen()
    {
        await network.Content.IssueAsync();
        await network.Content.IssueAsync();
        var all = await ReadAsync("v1/events?follow=false");
        var middle = all.Count / 2;
        var rest = await ReadAsync("v1/events?follow=false", all[middle].Id);
        Assert.Equal(all.Skip(middle + 1).Select(e => e.Id), rest.Take(all.Count - middle - 1).Select(e => e.Id));
    }

    [Fact]
    public async Task Stream_that_is_followed_tells_what_is_committed_afterwards()
    {
        var height = network.Node().Node.Queries.Status.Height.Value + 1;
        using var patience = new CancellationTokenSource(RunningNetwork.Patience);
        using var response = await _http.GetAsync($"v1/events?from={height}&types=licence.issued", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);

        var licence = await network.Content.IssueAsync();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        var found = false;
        while (!found && await reader.ReadLineAsync(patience.Token) is { } line) found = line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains(licence.Argument.Id, StringComparison.Ordinal);
        Assert.True(found);
    }

    [Theory]
    [InlineData("v1/events?from=x")]
    [InlineData("v1/events?follow=perhaps")]
    [InlineData("v1/events?types=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,0,1,2,3,4,5,6")]
    public async Task Range_that_cannot_be_is_refused(string path)
    {
        var (status, body) = await _http.JsonAsync(HttpMethod.Get, path);
        Assert.Equal((HttpStatusCode.BadRequest, "LC-API-026"), (status, body.Code()));
    }

    [Fact]
    public async Task Cursor_that_is_none_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/events");
        request.Headers.Add("Last-Event-ID", "1.2");
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<(string Id, string Type, JsonElement Data)>> ReadAsync(string path, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var events = new List<(string, string, JsonElement)>();
        foreach (var block in (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n').Where(l => !l.StartsWith(':')).ToDictionary(l => l[..l.IndexOf(':', StringComparison.Ordinal)], l => l[(l.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            if (lines.Count > 0) events.Add((lines["id"], lines["event"], JsonDocument.Parse(lines["data"]).RootElement.Clone()));
        }

        return events;
    }
}
