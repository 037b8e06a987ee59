using LicenceChain.Contracts;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Mempool;

/// <summary>Which member a key belongs to, for its fair share. A key never changes its member, so this needs no forgetting but for its bound.</summary>
internal sealed class MemberDirectory(IStateReader state)
{
    // Keys of a national network's officers that are active at one time; beyond, it starts over.
    private const int MaxKeys = 65_536;

    private readonly Dictionary<KeyId, OrganisationCode> _members = [];

    /// <summary>The member of an admitted key.</summary>
    public OrganisationCode MemberOf(KeyId key)
    {
        if (_members.TryGetValue(key, out var member)) return member;
        if (!state.TryGet(StateKeys.Key(key), out var bytes) || !OrganisationCode.TryParse(KeyRecord.Parser.ParseFrom(bytes.Span).Member, out member))
            throw new InvalidOperationException($"Key {key} was admitted without a sound record.");
        if (_members.Count >= MaxKeys) _members.Clear();
        _members.Add(key, member);
        return member;
    }
}
