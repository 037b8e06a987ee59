using LicenceChain.Hosting.Tests.Support;
using LicenceChain.Hosting.Tokens;

namespace LicenceChain.Hosting.Tests.Tokens;

public sealed class TokenAuthorityTests : IDisposable
{
    private static readonly TokenClaims Officer = new("officer-17", "11310000MB0000000X", [TokenRoles.Verifier]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_authorities_of_one_key_in_one_process_do_not_share_its_life()
    {
        var path = Path.Combine(_folder.Path, "tokens.key");
        var clock = new ManualClock();
        using (var first = TokenAuthority.OpenOrCreate(path, clock)) Assert.NotEmpty(first.Issue(Officer, TimeSpan.FromMinutes(1)));
        using var second = TokenAuthority.OpenOrCreate(path, clock);
        Assert.NotEmpty(second.Issue(Officer, TimeSpan.FromMinutes(1)));
    }
}
