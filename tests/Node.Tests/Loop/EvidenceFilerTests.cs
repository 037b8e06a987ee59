using LicenceChain.Node.Loop;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Tests.BlockProduction;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Loop;

/// <summary>Over a chain at its genesis: height 0 is decided, and the next proposer is the second validator.</summary>
[Trait("Rule", "C-EVIDENCE")]
public sealed class EvidenceFilerTests : IAsyncLifetime
{
    private const int NextProposer = 1;

    private readonly TestNetwork _files = TestNetwork.Create();
    private readonly TestChain _test;
    private readonly List<SignedTransaction> _filed = [];

    public EvidenceFilerTests() => _test = new TestChain(_files);

    [Fact]
    public void C_EVIDENCE_is_filed_once_for_each_validator_and_height()
    {
        var filer = Filer(NextProposer);
        foreach (var validator in (uint[])[2, 2, 3]) filer.Note(Evidence(validator, 0));

        filer.OnHead();
        filer.OnHead();

        Assert.Equal(2, _filed.Count);
        Assert.All(_filed, t => Assert.Equal(("membership", "evidence", _files.Members[NextProposer].Service.PublicKey.Id), (t.Contract, t.Method, t.Signer)));
    }

    [Fact]
    public void C_EVIDENCE_is_filed_by_the_next_proposer_only()
    {
        foreach (var member in (int[])[0, 2, 3])
        {
            var filer = Filer(member);
            filer.Note(Evidence(2, 0));
            filer.OnHead();
        }

        Assert.Empty(_filed);
    }

    [Fact]
    public void C_EVIDENCE_of_a_height_that_is_not_decided_waits()
    {
        var filer = Filer(NextProposer);
        filer.Note(Evidence(2, 1));

        filer.OnHead();

        Assert.Empty(_filed);
    }

    [Fact]
    public void C_EVIDENCE_that_waits_is_bounded()
    {
        var filer = Filer(NextProposer);
        for (ulong height = 1; height <= EvidenceFiler.MaxWaiting; height++) filer.Note(Evidence(2, height));
        filer.Note(Evidence(2, 0));

        filer.OnHead();

        Assert.Empty(_filed);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _test.Dispose();
        await _files.DisposeAsync();
    }

    private EvidenceFiler Filer(int member) =>
        new(_test.Chain, new NodeSigner(_files.Members[member].Consensus), _files.Members[member].Service, _filed.Add, NullLogger.Instance);

    private static EvidenceMessage Evidence(uint validator, ulong height)
    {
        var vote = new VoteMessage { Type = VoteType.Prepare, Height = height, Validator = validator };
        return new EvidenceMessage { First = vote, Second = vote.Clone() };
    }
}
