using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm2KeyCacheTests
{
    [Fact]
    public void A_key_parsed_again_is_the_same_object()
    {
        using var key = Sm2PrivateKey.Generate();
        Assert.True(Sm2PublicKey.TryParse(key.PublicKey.Encoded, out var again));
        Assert.Same(key.PublicKey, again);
    }

    [Fact]
    public void The_cache_forgets_keys_that_are_not_met_and_keeps_those_that_are()
    {
        var random = new Random(1);
        var cache = new Sm2KeyCache();
        var (used, unused) = (ReferenceSm2.Key(random).PublicKey, ReferenceSm2.Key(random).PublicKey);
        cache.Keep(used);
        cache.Keep(unused);
        for (var i = 0; i < 3 * Sm2KeyCache.GenerationSize; i++)
        {
            cache.Keep(ReferenceSm2.Key(random).PublicKey);
            if (i % 500 == 0) Assert.Same(used, cache.Find(used.Id));
        }
        Assert.Same(used, cache.Find(used.Id));
        Assert.Null(cache.Find(unused.Id));
    }

    [Fact]
    public void Keys_may_be_parsed_and_used_by_many_threads_at_once()
    {
        using var key = Sm2PrivateKey.Generate();
        var signature = new byte[64];
        key.Sign(SigningContext.Vote, "vote"u8, signature);
        var encoded = key.PublicKey.Encoded.ToArray();
        Parallel.For(0, 200, _ =>
        {
            Assert.True(Sm2PublicKey.TryParse(encoded, out var parsed));
            Assert.True(parsed.Verify(SigningContext.Vote, "vote"u8, signature));
        });
    }
}
