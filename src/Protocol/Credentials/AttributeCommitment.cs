using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Credentials;

/// <summary>
/// The attributes of a licence under one hash: an SM3 Merkle root over their salted encodings, ordered by name. Any of
/// them can be shown without the others.
/// </summary>
public sealed class AttributeCommitment
{
    /// <summary>Most attributes of a licence; the richest sample type has fewer than 20.</summary>
    public const int MaxAttributes = 64;

    /// <summary>Longest name in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Longest value in bytes of UTF-8: a business scope runs to a few hundred characters of three bytes.</summary>
    public const int MaxValueBytes = 4096;

    // Salt, name and value with their tags and lengths.
    private const int MaxDisclosureBytes = 2 + AttributeSalt.Size + 3 + 4 * MaxNameLength + 4 + MaxValueBytes;

    private readonly string[] _names;
    private readonly ByteString[] _disclosures;
    private readonly Hash256[] _leaves;

    private AttributeCommitment(string[] names, ByteString[] disclosures)
    {
        _names = names;
        _disclosures = disclosures;
        _leaves = Array.ConvertAll(disclosures, static d => MerkleTree.LeafHash(d.Span));
        Root = MerkleTree.Root(_leaves);
    }

    /// <summary>What the credential and the chain carry.</summary>
    public Hash256 Root { get; }

    /// <summary>Number of attributes, 1 to 64.</summary>
    public int Count => _leaves.Length;

    /// <summary>Names in leaf order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Exact encodings of <see cref="DisclosureMessage"/> in leaf order: what an issuer deposits in its vault.</summary>
    public IReadOnlyList<ByteString> Disclosures => _disclosures;

    /// <summary>Commits to 1 to 64 attributes with distinct names; throws <see cref="ArgumentException"/> where one is out of bounds.</summary>
    public static AttributeCommitment Create(IReadOnlyCollection<SaltedValue> attributes)
    {
        var sorted = attributes.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return TryFromDisclosures(Array.ConvertAll(sorted, Encode), out var commitment)
            ? commitment
            : throw new ArgumentException($"A licence has 1 to {MaxAttributes} attributes with distinct names of at most {MaxNameLength} characters and values of at most {MaxValueBytes} bytes.", nameof(attributes));
    }

    /// <summary>Takes the disclosures of a whole licence in leaf order, as an issuer deposits them; false unless they are canonical and ascend by name.</summary>
    public static bool TryFromDisclosures(IReadOnlyList<ByteString> disclosures, [NotNullWhen(true)] out AttributeCommitment? commitment)
    {
        commitment = null;
        if (disclosures.Count is 0 or > MaxAttributes) return false;
        var names = new string[disclosures.Count];
        for (var i = 0; i < names.Length; i++)
        {
            if (!TryReadDisclosure(disclosures[i].Span, out var attribute)) return false;
            names[i] = attribute.Name;
            if (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0) return false;
        }
        commitment = new AttributeCommitment(names, [.. disclosures]);
        return true;
    }

    /// <summary>The named attributes with their paths, in leaf order; throws <see cref="ArgumentException"/> for a name that is not there.</summary>
    public IReadOnlyList<DisclosedAttribute> Disclose(IReadOnlyCollection<string> names)
    {
        var indexes = new SortedSet<int>();
        foreach (var name in names)
        {
            var index = Array.IndexOf(_names, name);
            if (index < 0) throw new ArgumentException($"The licence has no attribute '{name}'.", nameof(names));
            indexes.Add(index);
        }
        return [.. indexes.Select(DiscloseAt)];
    }

    /// <summary>True when <paramref name="disclosed"/> is one of the <paramref name="count"/> attributes under <paramref name="root"/>.</summary>
    public static bool VerifyDisclosure(Hash256 root, int count, DisclosedAttribute disclosed, out AttributeValue attribute)
    {
        attribute = default;
        if (count is < 1 or > MaxAttributes || disclosed.Path.Count > MerkleTree.MaxPathLength) return false;
        var path = new Hash256[disclosed.Path.Count];
        for (var i = 0; i < path.Length; i++)
        {
            if (!Hash256.TryFrom(disclosed.Path[i].Span, out path[i])) return false;
        }
        if (!TryReadDisclosure(disclosed.Disclosure.Span, out var read)) return false;
        if (!MerkleTree.VerifyInclusion(MerkleTree.LeafHash(disclosed.Disclosure.Span), disclosed.Index, (ulong)count, path, root)) return false;
        attribute = read;
        return true;
    }

    private static bool TryReadDisclosure(ReadOnlySpan<byte> bytes, out AttributeValue attribute)
    {
        attribute = default;
        if (!CanonicalProto.TryParse(DisclosureMessage.Parser, bytes, MaxDisclosureBytes, out var message)) return false;
        if (message.Salt.Length != AttributeSalt.Size || message.Name.Length is 0 or > MaxNameLength) return false;
        if (System.Text.Encoding.UTF8.GetByteCount(message.Value) > MaxValueBytes) return false;
        attribute = new AttributeValue(message.Name, message.Value);
        return true;
    }

    private static ByteString Encode(SaltedValue attribute)
    {
        Span<byte> salt = stackalloc byte[AttributeSalt.Size];
        attribute.Salt.CopyTo(salt);
        return new DisclosureMessage { Salt = ByteString.CopyFrom(salt), Name = attribute.Name, Value = attribute.Value }.ToByteString();
    }

    private DisclosedAttribute DiscloseAt(int index)
    {
        var disclosed = new DisclosedAttribute { Disclosure = _disclosures[index], Index = (uint)index };
        foreach (var hash in MerkleTree.InclusionPath(_leaves, index)) disclosed.Path.Add(ByteString.CopyFrom(hash.Span));
        return disclosed;
    }
}
