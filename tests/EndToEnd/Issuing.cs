using System.Collections.Concurrent;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.EndToEnd;

/// <summary>Issues licences through one validator and remembers which ones were acknowledged.</summary>
internal sealed class Issuing : IDisposable
{
    private readonly LicenceChainClient _client;
    private readonly Sm2PrivateKey _key;
    private readonly TransactionFactory _transactions;
    private readonly ConcurrentQueue<LicenceId> _acknowledged = new();
    private readonly TestLicences _licences;

    private Issuing(ProcessNetwork network, int validator)
    {
        _client = network.Client(validator);
        _key = network.OfficerKey(network.Agencies[0], "issue");
        _transactions = new TransactionFactory(network.Directory.Chain, _key);
        _licences = new TestLicences(network);
    }

    /// <summary>Licences whose receipt said that they were applied.</summary>
    public IReadOnlyCollection<LicenceId> Acknowledged => _acknowledged;

    /// <summary>Registers the licence type and gives an issuer that speaks to <paramref name="validator"/>.</summary>
    public static async Task<Issuing> StartAsync(ProcessNetwork network, int validator, CancellationToken stop)
    {
        var issuing = new Issuing(network, validator);
        await issuing._licences.RegisterTypeAsync(issuing._client, stop);
        return issuing;
    }

    /// <summary>Issues one licence and waits for its receipt.</summary>
    public async Task<LicenceId> IssueAsync(CancellationToken stop)
    {
        var (id, licence) = _licences.Next();
        var result = await _client.SubmitAsync(_transactions.Issue(licence, await _client.GetValidUntilAsync(stop)), wait: true, stop);
        Assert.Equal("OK", result.Code);
        _acknowledged.Enqueue(id);
        return id;
    }

    /// <summary>Keeps <paramref name="workers"/> licences under way until <paramref name="stop"/>; a licence that was not acknowledged is nobody's loss.</summary>
    public Task LoadAsync(int workers, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await IssueAsync(stop);
            }
            catch (Exception e) when (e is OperationCanceledException or LicenceChainException)
            {
                // Not acknowledged, whatever became of it: the next turn tells whether to go on.
            }
        }
    }, CancellationToken.None)));

    public void Dispose()
    {
        _client.Dispose();
        _key.Dispose();
    }
}
