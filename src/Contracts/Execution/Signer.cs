using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Execution;

/// <summary>Who signed: a key and its member, parsed.</summary>
internal sealed class Signer
{
    private readonly bool _keyActive;
    private readonly bool _memberActive;
    private readonly UnixTime _expires;
    private readonly uint _memberRoles;
    private readonly uint _keyRoles;

    public Signer(OrganisationCode code, RegionCode region, Sm2PublicKey publicKey, MemberRecord member, KeyRecord key)
    {
        Member = code;
        Region = region;
        PublicKey = publicKey;
        _keyActive = key.Status == StandingStatus.Active;
        _memberActive = member.Status == StandingStatus.Active;
        _expires = new UnixTime(key.ExpiresMs);
        foreach (var role in member.Roles) _memberRoles |= Bit(role);
        foreach (var role in key.Roles) _keyRoles |= Bit(role);
    }

    /// <summary>The member it signs for.</summary>
    public OrganisationCode Member { get; }

    /// <summary>The member's region.</summary>
    public RegionCode Region { get; }

    /// <summary>The key.</summary>
    public Sm2PublicKey PublicKey { get; }

    /// <summary>A role as one bit. The roles are fewer than 32 by the schema.</summary>
    public static uint Bit(MemberRole role) => 1u << (int)role;

    /// <summary>A role as one bit.</summary>
    public static uint Bit(KeyRole role) => 1u << (int)role;

    /// <summary>True when the member has one of <paramref name="memberRoles"/> (0: any will do) and the key one of <paramref name="keyRoles"/>.</summary>
    public bool Has(uint memberRoles, uint keyRoles) => (memberRoles == 0 || (_memberRoles & memberRoles) != 0) && (_keyRoles & keyRoles) != 0;

    /// <summary>True when the key's time is over at <paramref name="now"/>.</summary>
    public bool HasExpired(UnixTime now) => now >= _expires;

    /// <summary>Why it may not sign at <paramref name="now"/>, or null.</summary>
    public Refusal? RefusalAt(UnixTime now) =>
        Suspension ?? (HasExpired(now) ? new Refusal(TransactionCodes.InactiveKey, $"The key expired at {_expires}; it is {now}.") : null);

    /// <summary>Why it may not sign at any time, or null.</summary>
    public Refusal? Suspension
    {
        get
        {
            if (!_memberActive) return new Refusal(TransactionCodes.InactiveKey, $"Member {Member} is suspended or removed.");
            return _keyActive ? null : new Refusal(TransactionCodes.InactiveKey, "The key is suspended or removed.");
        }
    }
}
