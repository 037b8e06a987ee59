using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts;

/// <summary>
/// Keys and their members as one state has them, each parsed once. Make one for each committed state (or keep it while no
/// member or key changed); not for several threads at once. Keys the state does not know are not remembered.
/// </summary>
public sealed class SignerDirectory
{
    private readonly IStateReader _state;
    private readonly Dictionary<KeyId, Signer> _known = [];

    /// <summary>A directory over <paramref name="state"/>, empty at first.</summary>
    public SignerDirectory(IStateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
    }

    /// <summary>Forgets what was read: members or keys changed.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Why <paramref name="key"/> may not sign at <paramref name="now"/>; null when it may.</summary>
    public Refusal? Check(KeyId key, UnixTime now) => Find(key, now, renews: false, out _);

    /// <summary>
    /// The signer behind <paramref name="key"/>, or why it may not sign at <paramref name="now"/>. With <paramref name="renews"/> its member's last governing key may though it has expired.
    /// </summary>
    internal Refusal? Find(KeyId key, UnixTime now, bool renews, out Signer? signer)
    {
        if (!_known.TryGetValue(key, out signer))
        {
            signer = Load(key);
            if (signer is null) return new Refusal(TransactionCodes.UnknownKey, $"The chain knows no key {key}.");
            _known.Add(key, signer);
        }

        return renews && signer.HasExpired(now) && Governors.IsLast(_state, signer.Member, key) ? signer.Suspension : signer.RefusalAt(now);
    }

    private Signer? Load(KeyId id)
    {
        if (!_state.TryGet(StateKeys.Key(id), out var keyBytes)) return null;
        var key = Stored.Parse(KeyRecord.Parser, keyBytes);
        if (!OrganisationCode.TryParse(key.Member, out var code) || !_state.TryGet(StateKeys.Member(code), out var memberBytes))
            throw Stored.Broken($"key {id} names no member");
        var member = Stored.Parse(MemberRecord.Parser, memberBytes);
        if (!RegionCode.TryParse(member.Region, out var region) || !Sm2PublicKey.TryParse(key.PublicKey.Span, out var publicKey))
            throw Stored.Broken($"key {id} or its member {code} is malformed");
        return new Signer(code, region, publicKey, member, key);
    }
}
