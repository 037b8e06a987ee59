using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Vault;

public sealed class NonceCacheTests
{
    private static readonly Hash256 Request = Sm3.Hash("request"u8);

    [Fact]
    public void Request_counts_once_as_long_as_it_is_fresh()
    {
        var cache = new NonceCache();
        Assert.True(cache.TryAdd(Request, new UnixTime(1000), new UnixTime(2000)));
        Assert.False(cache.TryAdd(Request, new UnixTime(2000), new UnixTime(3000)));
    }

    [Fact]
    public void Request_is_forgotten_when_it_is_no_longer_fresh()
    {
        var cache = new NonceCache();
        Assert.True(cache.TryAdd(Request, new UnixTime(1000), new UnixTime(2000)));
        Assert.True(cache.TryAdd(Request, new UnixTime(2001), new UnixTime(3000)));
    }

    [Fact]
    public void Full_cache_refuses_rather_than_forget()
    {
        var cache = new NonceCache();
        for (var i = 0; i < VaultLimits.MaxNonces; i++) Assert.True(cache.TryAdd(Sm3.Hash(BitConverter.GetBytes(i)), new UnixTime(1), new UnixTime(2)));
        Assert.False(cache.TryAdd(Request, new UnixTime(2), new UnixTime(3)));
        Assert.True(cache.TryAdd(Request, new UnixTime(3), new UnixTime(4)));
    }
}
