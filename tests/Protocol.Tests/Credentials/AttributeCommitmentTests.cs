using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Credentials;

public sealed class AttributeCommitmentTests
{
    [Fact]
    public void Every_attribute_can_be_shown_alone() => Seeded.Check(100, random =>
    {
        var values = Values(random, random.Next(1, 65));
        var commitment = AttributeCommitment.Create(values);
        foreach (var value in values)
        {
            var disclosed = Assert.Single(commitment.Disclose([value.Name]));
            Assert.True(AttributeCommitment.VerifyDisclosure(commitment.Root, commitment.Count, disclosed, out var shown));
            Assert.Equal(new AttributeValue(value.Name, value.Value), shown);
            Assert.False(AttributeCommitment.VerifyDisclosure(Sm3.Hash("other"u8), commitment.Count, disclosed, out _));
        }
    });

    [Fact]
    public void The_root_is_over_the_encodings_in_order_of_names_whatever_order_they_came_in()
    {
        var values = Values(new Random(1), 20);
        var commitment = AttributeCommitment.Create(values);
        Assert.Equal(commitment.Root, AttributeCommitment.Create([.. values.Reverse()]).Root);
        Assert.Equal(commitment.Names.Order(StringComparer.Ordinal), commitment.Names);
        Assert.Equal(MerkleTree.Root([.. commitment.Disclosures.Select(d => MerkleTree.LeafHash(d.Span))]), commitment.Root);
    }

    [Fact]
    public void Another_salt_gives_another_root()
    {
        var value = new SaltedValue("name", "value", AttributeSalt.From(new byte[16]));
        var other = value with { Salt = AttributeSalt.From(Enumerable.Repeat((byte)1, 16).ToArray()) };
        Assert.NotEqual(AttributeCommitment.Create([value]).Root, AttributeCommitment.Create([other]).Root);
    }

    [Fact]
    public void Deposited_disclosures_give_the_same_commitment_and_disorder_is_refused()
    {
        var commitment = AttributeCommitment.Create(Values(new Random(2), 10));
        Assert.True(AttributeCommitment.TryFromDisclosures(commitment.Disclosures, out var again));
        Assert.Equal(commitment.Root, again.Root);
        Assert.False(AttributeCommitment.TryFromDisclosures([.. commitment.Disclosures.Reverse()], out _));
        Assert.False(AttributeCommitment.TryFromDisclosures([commitment.Disclosures[0], commitment.Disclosures[0]], out _));
        Assert.False(AttributeCommitment.TryFromDisclosures([], out _));
    }

    [Fact]
    public void A_changed_disclosure_is_refused() => Seeded.Check(500, random =>
    {
        var commitment = AttributeCommitment.Create(Values(random, random.Next(2, 30)));
        var disclosed = commitment.Disclose([commitment.Names[random.Next(commitment.Count)]])[0];
        var changed = disclosed.Clone();
        switch (random.Next(4))
        {
            case 0: changed.Disclosure = ByteString.CopyFrom(random.Mutate(changed.Disclosure.Span)); break;
            case 1: changed.Index = (uint)random.Next(-1, 40); break;
            case 2: changed.Path.Add(ByteString.CopyFrom(random.Bytes(32))); break;
            default: changed.Path[random.Next(changed.Path.Count)] = ByteString.CopyFrom(random.Bytes(random.Next(31, 34))); break;
        }
        Assert.Equal(changed.Equals(disclosed), AttributeCommitment.VerifyDisclosure(commitment.Root, commitment.Count, changed, out _));
    });

    [Fact]
    public void Attributes_out_of_bounds_are_a_mistake()
    {
        var value = Values(new Random(3), 1)[0];
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create([]));
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create([value, value]));
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create([value with { Name = "" }]));
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create([value with { Name = new string('n', 65) }]));
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create([value with { Value = new string('证', 1366) }]));
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create(Values(new Random(4), 65)));
        Assert.Throws<ArgumentException>(() => AttributeCommitment.Create([value]).Disclose(["absent"]));
        Assert.Equal(1, AttributeCommitment.Create([value with { Name = new string('名', 64), Value = new string('证', 1365) }]).Count);
    }

    [Fact]
    public void Values_and_salts_do_not_show_in_text()
    {
        var value = new SaltedValue("name", "secret", AttributeSalt.From(new byte[16]));
        Assert.DoesNotContain("secret", value.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", new AttributeValue("name", "secret").ToString(), StringComparison.Ordinal);
    }

    private static SaltedValue[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SaltedValue($"attribute{i}", $"值 {random.Next()}", AttributeSalt.From(random.Bytes(16))))];
}
