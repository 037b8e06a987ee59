using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Tests.Vault;

public sealed class RestartTests : IAsyncLifetime
{
    private readonly RunningNetwork _network = new() { CheckpointInterval = TimeSpan.FromHours(1) };

    private string Data => Path.Combine(Path.GetDirectoryName(_network.Directory.Regions[0].NodeConfigurationPath)!, "data");

    public Task InitializeAsync() => _network.InitializeAsync();

    public Task DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task Stopped_vault_has_anchored_its_log_and_goes_on_with_data_and_log_when_it_starts_again()
    {
        var ask = await VaultAsk.GrantedAsync(_network);
        var first = await ask.SendAsync();
        Assert.Equal(Refusal.Ok, first.Code);

        await _network.Node(0).StopAsync();
        var checkpoint = await AnchoredAsync();
        Assert.Equal(1ul, checkpoint.Size);
        Assert.Equal(MerkleTree.LeafHash(first.Receipt.Record.Span), Hash256.From(checkpoint.Root.Span));

        await _network.StartAgainAsync(0);
        await _network.ReachAsync(new Height(checkpoint.Height));
        ask.Statement.Nonce = Google.Protobuf.ByteString.CopyFrom(new byte[16]);
        var second = await ask.SendAsync();
        Assert.Equal(Refusal.Ok, second.Code);
        Assert.Equal(1ul, second.Receipt.Inclusion.Index);
    }

    [Fact]
    public async Task Vault_whose_log_lost_entries_that_the_chain_knows_releases_and_shows_nothing_and_adds_nothing_to_it()
    {
        var ask = await VaultAsk.GrantedAsync(_network);
        Assert.Equal(Refusal.Ok, (await ask.SendAsync()).Code);
        await _network.Node(0).StopAsync();
        var anchored = await AnchoredAsync();
        var log = Path.Combine(Data, "vault-log");
        Directory.Move(log, log + ".lost");

        await _network.StartAgainAsync(0);
        await _network.ReachAsync(new Height(anchored.Height));
        ask.Statement.Nonce = Google.Protobuf.ByteString.CopyFrom(new byte[16]);
        var reply = await ask.SendAsync();
        Assert.Equal((VaultCodes.LogLost, true, true), (reply.Code, reply.Receipt is null, reply.Ciphertext.IsEmpty));
        Assert.Single(_network.LogText, ToldLost); // the operator, as soon as anybody is refused
        using var http = _network.Http(0, Hosting.Tokens.TokenRoles.Auditor);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, (await http.GetAsync($"v1/vault/audit/licences/{ask.Licence.Argument.Id}")).StatusCode);

        await _network.Node(0).StopAsync();
        Assert.Equal(0, new FileInfo(Path.Combine(log, "records")).Length);
        Assert.Single(_network.LogText, ToldLost);
    }

    [Fact]
    public async Task Row_that_does_not_open_is_not_released_and_the_request_is_recorded_and_the_operator_told()
    {
        var ask = await VaultAsk.GrantedAsync(_network);
        await _network.Node(0).StopAsync();
        var path = Path.Combine(Data, "vault.db");
        using (var file = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            file.Open();
            using var change = file.CreateCommand();
            change.CommandText = "UPDATE licences SET ciphertext = zeroblob(length(ciphertext))";
            Assert.True(change.ExecuteNonQuery() > 0);
        }

        await _network.StartAgainAsync(0);
        await _network.ReachAsync(_network.Node(1).Node.Queries.Status.Height);
        var reply = await ask.SendAsync();

        Assert.Equal(VaultCodes.Unreadable, reply.Code);
        Assert.True(reply.WrappedKey.IsEmpty && reply.Ciphertext.IsEmpty && reply.Credential.IsEmpty);
        Assert.Equal(AccessDecision.Undetermined, AccessRecord.Parser.ParseFrom(reply.Receipt.Record).Decision);
        Assert.Contains(_network.LogText, line => line.Contains("restore vault.db", StringComparison.Ordinal));
        using var http = _network.Http(0);
        Assert.Contains("licencechain_vault_damaged 1", await http.GetStringAsync("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_stopped_twice_is_stopped_once()
    {
        await _network.Node(3).StopAsync();
        await _network.Node(3).StopAsync();
        Assert.True(_network.Node(3).Completion.IsCompletedSuccessfully);
        await _network.StartAgainAsync(3);
    }

    private static bool ToldLost(string line) => line.Contains("entries are missing", StringComparison.Ordinal);

    private async Task<CheckpointRecord> AnchoredAsync()
    {
        var origin = _network.Directory.Region(SamplePlan.Shanghai).Bureau + "/vault";
        using var patience = new CancellationTokenSource(RunningNetwork.Patience);
        await foreach (var block in _network.Node(1).Node.Queries.FollowAsync(new Height(1), follow: true, patience.Token))
        {
            var anchor = block.Receipts.SelectMany(r => r.Events).FirstOrDefault(e => e.Type == "checkpoint.anchored" && e.Subject == origin);
            if (anchor is not null) return CheckpointRecord.Parser.ParseFrom(anchor.Data);
        }

        throw new InvalidOperationException("The chain ended.");
    }
}
