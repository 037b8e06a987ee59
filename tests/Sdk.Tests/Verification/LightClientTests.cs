using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Sdk.Tests.Verification;

public sealed class LightClientTests
{
    private readonly Ledger _ledger = new();
    private int _pages;

    [Fact]
    public async Task It_follows_the_headers_to_the_head_page_by_page()
    {
        Close(25);
        using var light = Client(pageSize: 10);
        await light.SyncAsync();
        Assert.Equal(new Height(25), light.Head!.Height);
        Assert.Equal(3, _pages);
    }

    [Fact]
    public async Task It_follows_a_change_of_the_validator_set_and_verifies_proofs_on_both_sides_of_it()
    {
        Close(3);
        var before = _ledger.Prove(StateKeys.Parameters);
        _ledger.Close(next: TestValidators.Second);
        Close(3);
        var after = _ledger.Prove(StateKeys.Parameters);
        using var light = Client();
        await light.SyncAsync();
        Assert.Equal(TestValidators.Second.Set.Hash, light.Anchor.Validators.Hash);
        Assert.NotNull(await light.VerifyAsync(before));
        Assert.NotNull(await light.VerifyAsync(after));
    }

    [Fact]
    public async Task A_proof_beyond_a_change_of_the_set_makes_it_follow_first()
    {
        _ledger.Close(next: TestValidators.Second);
        Close(2);
        using var light = Client();
        Assert.NotNull(await light.VerifyAsync(_ledger.Prove(StateKeys.Parameters)));
        Assert.NotNull(light.Head);
    }

    [Fact]
    public async Task A_set_that_was_replaced_can_no_longer_certify()
    {
        _ledger.Close(next: TestValidators.Second);
        Close(2);
        using var light = Client();
        await light.SyncAsync();
        var old = new Ledger(); // the first set goes on by itself
        for (var i = 0; i < 4; i++) old.Close();
        Assert.Null(await light.VerifyAsync(old.Prove(StateKeys.Parameters)));
    }

    [Fact]
    public async Task A_certificate_with_too_few_signatures_is_refused()
    {
        Close(2);
        _ledger.Close(signers: TestValidators.First.Set.Quorum - 1);
        using var light = Client();
        Assert.Null(await light.VerifyAsync(_ledger.Prove(StateKeys.Parameters)));
        await Refused(light, SdkCodes.BadAnswer);
    }

    [Fact]
    public async Task A_header_that_does_not_name_its_parent_is_refused()
    {
        Close(2);
        _ledger.Close(parent: Hash256.From(new byte[32]));
        Close(1);
        using var light = Client();
        await Refused(light, SdkCodes.BadAnswer);
    }

    [Fact]
    public async Task A_change_of_the_set_without_the_set_is_refused()
    {
        _ledger.Close(next: TestValidators.Second);
        Close(1);
        using var light = new LightClient((from, limit, _) => Task.FromResult<IReadOnlyList<CertifiedHeader>>([.. Page(from, limit).Select(h => h with { Next = null })]), _ledger.Anchor);
        await Refused(light, SdkCodes.BadAnswer);
    }

    [Fact]
    public async Task A_page_that_begins_elsewhere_is_refused()
    {
        Close(5);
        using var light = new LightClient((from, limit, _) => Task.FromResult<IReadOnlyList<CertifiedHeader>>([.. Page(from.Next, limit)]), _ledger.Anchor);
        await Refused(light, SdkCodes.BadAnswer);
    }

    [Fact]
    public async Task Two_certified_headers_of_one_height_are_a_fork_and_stop_it()
    {
        Close(2);
        using var light = Client();
        await light.SyncAsync();
        var other = new Ledger();
        other.Put(StateKeys.Validators, new Protocol.Proto.ParametersRecord { DriftMs = 1 });
        other.Close();
        other.Close();
        var forked = await Assert.ThrowsAsync<LicenceChainException>(() => light.VerifyAsync(other.Prove(StateKeys.Parameters)));
        Assert.Equal(SdkCodes.Forked, forked.Code);
    }

    [Fact]
    public async Task What_it_remembers_is_bounded()
    {
        Close(40);
        using var light = new LightClient((from, limit, _) => Task.FromResult(Page(from, limit)), _ledger.Anchor, new LightClientOptions { MaxHeaders = 16, PageSize = 7 });
        await light.SyncAsync();
        Assert.Equal(new Height(40), light.Head!.Height);
        Assert.NotNull(await light.VerifyAsync(_ledger.Prove(StateKeys.Parameters)));
    }

    private void Close(int blocks)
    {
        for (var i = 0; i < blocks; i++) _ledger.Close();
    }

    private LightClient Client(int pageSize = 500) => new((from, limit, _) => Task.FromResult(Page(from, limit)), _ledger.Anchor, new LightClientOptions { PageSize = pageSize });

    private IReadOnlyList<CertifiedHeader> Page(Height from, int limit)
    {
        _pages++;
        return [.. _ledger.Headers.Skip((int)from.Value - 1).Take(limit)];
    }

    private static async Task Refused(LightClient light, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<LicenceChainException>(() => light.SyncAsync())).Code);
}
