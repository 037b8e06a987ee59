using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Proofs;

/// <summary>C-QUORUM and C-CERT as a light client sees them.</summary>
public sealed class CertifiedHeaderTests
{
    [Theory]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(6, 4)]
    [InlineData(7, 5)]
    [InlineData(10, 7)]
    public void C_QUORUM_two_thirds_rounded_up_certify_a_header_and_one_fewer_do_not(int validators, int quorum)
    {
        using var chain = new TestChain(validators);
        var header = chain.Header(1);
        Assert.Equal(quorum, chain.Set.Quorum);
        Assert.True(HeaderCheck.IsCertified(chain.Anchor, header, chain.Certify(header, Enumerable.Range(0, quorum))));
        Assert.False(HeaderCheck.IsCertified(chain.Anchor, header, chain.Certify(header, Enumerable.Range(0, quorum - 1))));
    }

    [Fact]
    public void C_CERT_a_certificate_with_one_bad_signature_certifies_nothing()
    {
        using var chain = new TestChain(4);
        var header = chain.Header(1);
        Assert.False(HeaderCheck.IsCertified(chain.Anchor, header, chain.Certify(header, [0, 1, 2, 3], type: VoteType.Prepare)));
        Assert.False(HeaderCheck.IsCertified(chain.Anchor, header, chain.Certify(chain.Header(2), [0, 1, 2])));
    }

    [Fact]
    public void C_SIGNED_votes_of_another_chain_certify_nothing_here()
    {
        using var chain = new TestChain(4);
        var header = chain.Header(1);
        Assert.False(HeaderCheck.IsCertified(chain.Anchor, header, chain.Certify(header, [0, 1, 2], ChainId.Parse("another-chain"))));
        var foreign = chain.Header(1, chain: ChainId.Parse("another-chain"));
        Assert.False(HeaderCheck.IsCertified(chain.Anchor, foreign, chain.Certify(foreign, [0, 1, 2])));
    }

    [Fact]
    public void Another_set_certifies_nothing_under_this_anchor()
    {
        using var chain = new TestChain(4);
        using var other = new TestChain(4, organisation: 100);
        var header = other.Header(1);
        Assert.False(HeaderCheck.IsCertified(chain.Anchor, header, other.Certify(header, [0, 1, 2])));
    }

    [Fact]
    public void C_CHANGE_a_light_client_follows_a_new_set_only_when_it_is_shown_the_one_the_header_names()
    {
        using var chain = new TestChain(4);
        using var successor = new TestChain(5, organisation: 100);
        var header = chain.Header(3, next: successor.Set);
        var certificate = chain.Certify(header, [1, 2, 3]);
        Assert.False(chain.Anchor.TryAdvance(header, certificate, next: null, out _));
        Assert.False(chain.Anchor.TryAdvance(header, certificate, chain.Set, out _));
        Assert.True(chain.Anchor.TryAdvance(header, certificate, successor.Set, out var advanced));
        Assert.Equal((new Height(3), successor.Set.Hash), (advanced.Height, advanced.Validators.Hash));

        var old = chain.Header(4);
        Assert.False(HeaderCheck.IsCertified(advanced, old, chain.Certify(old, [0, 1, 2])));
        var fresh = successor.Header(4);
        Assert.True(HeaderCheck.IsCertified(advanced, fresh, successor.Certify(fresh, [0, 1, 2, 3])));
    }

    [Fact]
    public void A_light_client_does_not_go_back()
    {
        using var chain = new TestChain(4);
        var header = chain.Header(5);
        Assert.True(chain.Anchor.TryAdvance(header, chain.Certify(header, [0, 1, 2]), null, out var advanced));
        Assert.False(HeaderCheck.IsCertified(advanced, header, chain.Certify(header, [0, 1, 2])));
    }
}
