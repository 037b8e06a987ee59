using System.Net;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Vault;

[Collection(RunningNetwork.Name)]
public sealed class AuditTests(RunningNetwork network) : IDisposable
{
    private readonly HttpClient _http = network.Http(0, TokenRoles.Auditor);

    private string Origin => network.Directory.Region(SamplePlan.Shanghai).Bureau + "/vault";

    [Fact]
    public async Task Trail_of_a_licence_is_proven_under_a_checkpoint_that_the_chain_holds()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var released = await ask.SendAsync();
        ask.Statement.Attributes.Add("sex");
        var refused = await ask.SendAsync();
        await AnchoredAsync(refused.Receipt.Inclusion.Index + 1);

        var trail = await _http.ProtobufAsync(HttpMethod.Get, $"v1/vault/audit/licences/{ask.Licence.Argument.Id}", AccessTrail.Parser);
        Assert.Equal(Origin, trail.Origin);
        Assert.Equal(0ul, trail.Unanchored);
        Assert.Equal([released.Receipt.Record, refused.Receipt.Record], trail.Entries.Select(e => e.Record));
        var root = Hash256.From(trail.Checkpoint.Root.Span);
        foreach (var entry in trail.Entries)
        {
            Assert.Equal(trail.Checkpoint.Size, entry.Inclusion.Size);
            var path = entry.Inclusion.Path.Select(p => Hash256.From(p.Span)).ToArray();
            Assert.True(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(entry.Record.Span), entry.Inclusion.Index, entry.Inclusion.Size, path, root));
        }
    }

    [Fact]
    public async Task Checkpoint_and_entries_are_served_as_json()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var reply = await ask.SendAsync();
        await AnchoredAsync(reply.Receipt.Inclusion.Index + 1);

        var (_, checkpoint) = await _http.JsonAsync(HttpMethod.Get, "v1/vault/log/checkpoint");
        Assert.Equal(Origin, checkpoint.GetProperty("origin").GetString());
        Assert.True(checkpoint.GetProperty("anchored").GetProperty("size").GetUInt64() > reply.Receipt.Inclusion.Index);
        var (_, entry) = await _http.JsonAsync(HttpMethod.Get, $"v1/vault/log/entries/{reply.Receipt.Inclusion.Index}");
        Assert.Equal("ACCESS_DECISION_RELEASED", entry.GetProperty("record").GetProperty("decision").GetString());
        Assert.Equal(Convert.ToHexStringLower(reply.Receipt.Record.Span), entry.GetProperty("bytes").GetString());
        var (_, trail) = await _http.JsonAsync(HttpMethod.Get, $"v1/vault/audit/licences/{ask.Licence.Argument.Id}");
        Assert.Equal(reply.Receipt.Inclusion.Index, trail.GetProperty("entries")[0].GetProperty("inclusion").GetProperty("index").GetUInt64());
    }

    [Fact]
    public async Task Reading_the_log_is_itself_logged_and_leaves_the_trail_whole()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var reply = await ask.SendAsync();
        await AnchoredAsync(reply.Receipt.Inclusion.Index + 1);
        var path = $"v1/vault/audit/licences/{ask.Licence.Argument.Id}";

        var first = await _http.ProtobufAsync(HttpMethod.Get, path, AccessTrail.Parser);
        var second = await _http.ProtobufAsync(HttpMethod.Get, path, AccessTrail.Parser);
        Assert.Equal((0ul, 0ul), (first.Unanchored, second.Unanchored));

        var (_, checkpoint) = await _http.JsonAsync(HttpMethod.Get, "v1/vault/log/checkpoint");
        await AnchoredAsync(checkpoint.GetProperty("size").GetUInt64());
        var third = await _http.ProtobufAsync(HttpMethod.Get, path, AccessTrail.Parser);
        var readings = third.Entries.Select(e => AccessRecord.Parser.ParseFrom(e.Record)).Where(r => r.Code == "LC-AUDIT").ToList();
        Assert.True(readings.Count >= 2);
        Assert.All(readings, r => Assert.Equal(("T-001", SamplePlan.ShanghaiAgency.Value), (r.Officer, r.Requester)));
    }

    [Theory]
    [InlineData("v1/vault/log/entries/1000000", HttpStatusCode.NotFound, "LC-API-028")]
    [InlineData("v1/vault/audit/licences/x", HttpStatusCode.BadRequest, "LC-API-021")]
    public async Task Question_about_nothing_is_a_problem(string path, HttpStatusCode status, string code)
    {
        var (answered, body) = await _http.JsonAsync(HttpMethod.Get, path);
        Assert.Equal((status, code), (answered, body.Code()));
    }

    public void Dispose() => _http.Dispose();

    // The anchor itself is an event: no need to poll.
    private async Task AnchoredAsync(ulong size)
    {
        using var patience = new CancellationTokenSource(RunningNetwork.Patience);
        await foreach (var block in network.Node().Node.Queries.FollowAsync(new Height(1), follow: true, patience.Token))
        {
            var anchors = block.Receipts.SelectMany(r => r.Events).Where(e => e.Type == "checkpoint.anchored" && e.Subject == Origin);
            if (anchors.Any(e => CheckpointRecord.Parser.ParseFrom(e.Data).Size >= size)) return;
        }
    }
}
