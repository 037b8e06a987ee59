using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Tests.Cryptography;

/// <summary>Verdicts on random and mutated signatures, against BouncyCastle's.</summary>
public sealed class Sm2DifferentialTests
{
    private const int Keys = 100;
    private const int SignaturesOfAKey = 200;

    [Fact]
    public void Twenty_thousand_verdicts_are_those_of_another_implementation()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        var accepted = 0;
        for (var i = 0; i < Keys; i++)
        {
            using var key = ReferenceSm2.Key(random);
            var encoded = key.PublicKey.Encoded.ToArray();
            for (var j = 0; j < SignaturesOfAKey; j++)
            {
                var message = random.Bytes(random.Next(80));
                var signature = new byte[64];
                key.Sign(SigningContext.Raw, message, signature);
                if (j % 2 == 1) signature[random.Next(64)] ^= (byte)(1 << random.Next(8));
                var verdict = key.PublicKey.Verify(SigningContext.Raw, message, signature);
                Assert.True(ReferenceSm2.Verify(encoded, message, signature) == verdict, $"seed {seed}, key {i}, signature {j}");
                if (verdict) accepted++;
            }
        }
        Assert.Equal(Keys * SignaturesOfAKey / 2, accepted);
    }
}
