using System.Net;
using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Tests.Api;

public sealed class DamagedRowTests : IAsyncLifetime
{
    private const int Node = 3;

    private readonly RunningNetwork _network = new() { CheckpointInterval = TimeSpan.FromHours(1) }; // none reads a row before it rots

    public Task InitializeAsync() => _network.InitializeAsync();

    public Task DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task Row_that_rots_while_the_node_runs_is_neither_served_nor_proven_and_the_node_stops_and_builds_it_anew()
    {
        var licence = (await _network.Content.IssueAsync()).Argument.Id;
        await _network.Node(Node).StopAsync();
        await _network.StartAgainAsync(Node); // nothing of the state is in memory now
        await _network.ReachAsync(_network.Node().Node.Queries.Status.Height);
        Rot(Row(licence));

        using (var http = _network.Http(Node, TokenRoles.Verifier))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await http.GetAsync($"v1/state/licence/{licence}")).StatusCode);
            var proof = await http.PostAsync("v1/proofs", Rest.Message(new ProveRequest { Keys = { ByteString.CopyFrom(Row(licence).Span) } }));
            Assert.Equal(HttpStatusCode.InternalServerError, proof.StatusCode);
        }

        Assert.Contains(_network.LogText, line => line.Contains($"The row l/{licence} is not the one under the state root", StringComparison.Ordinal));
        var next = await _network.Node().Node.Gate.SubmitAsync(_network.Content.Issuing.Issue(_network.Content.Prepare().Argument, _network.Soon).Bytes, waitForCommit: true, CancellationToken.None);
        Assert.NotNull(next.Height);
        var stopped = await Assert.ThrowsAsync<NodeFaultException>(() => _network.Node(Node).Completion.WaitAsync(RunningNetwork.Patience));
        Assert.Contains("start the node again", stopped.Message, StringComparison.Ordinal);
        await _network.Node(Node).StopAsync();

        await _network.StartAgainAsync(Node);
        await _network.ReachAsync(next.Height.Value);
        using var again = _network.Http(Node, TokenRoles.Verifier);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync($"v1/state/licence/{licence}")).StatusCode);
    }

    [Fact]
    public async Task Row_that_vanishes_while_the_node_runs_is_not_told_to_be_absent()
    {
        var licence = (await _network.Content.IssueAsync()).Argument.Id;
        await _network.Node(Node).StopAsync();
        await _network.StartAgainAsync(Node);
        await _network.ReachAsync(_network.Node().Node.Queries.Status.Height);
        Change("DELETE FROM state WHERE key = $key", Row(licence));

        using var http = _network.Http(Node, TokenRoles.Verifier);
        Assert.Equal(HttpStatusCode.InternalServerError, (await http.GetAsync($"v1/state/licence/{licence}")).StatusCode);
    }

    [Fact]
    public async Task Vault_whose_checkpoint_rotted_closes_in_order_with_its_node()
    {
        var origin = $"{_network.Directory.Regions[Node].Bureau}/vault";
        using (var http = _network.Http(Node, TokenRoles.Auditor))
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"v1/vault/audit/licences/{_network.Content.Prepare().Argument.Id}")).StatusCode); // the reading is an entry
        await _network.Node(Node).StopAsync(); // which is anchored
        await _network.StartAgainAsync(Node);
        await _network.ReachAsync(_network.Node().Node.Queries.Status.Height);
        Rot(StateKeys.Checkpoint(origin));

        await _network.Node(Node).StopAsync();
        Assert.Contains(_network.LogText, line => line.Contains("could not be made", StringComparison.Ordinal));
    }

    private static StateKey Row(string licence) => LicenceId.TryParseStrict(licence, out var id) ? StateKeys.Licence(id) : throw new FormatException();

    private void Rot(StateKey key) => Change("UPDATE state SET value = CAST(substr(value, 1, length(value) - 1) || x'7F' AS BLOB) WHERE key = $key", key);

    private void Change(string sql, StateKey key)
    {
        var data = NodeConfigurationFile.Read(_network.Directory.Regions[Node].NodeConfigurationPath).DataDirectory;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "state.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // literals of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$key", key.ToArray());
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
