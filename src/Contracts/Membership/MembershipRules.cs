using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>What a member and a key have to be, at genesis and when governance changes them.</summary>
internal static class MembershipRules
{
    private const string HolderRule = "1 to 64 characters of A-Z, a-z, 0-9, '-', '_', '.' and '/'";
    private const int MaxHolderLength = 64;
    private static readonly System.Buffers.SearchValues<char> HolderCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    /// <summary>Reads one member; <paramref name="where"/> names it in the refusal.</summary>
    public static Refusal? CheckMember(MemberRecord member, string where, out OrganisationCode code)
    {
        if (!OrganisationCode.TryParse(member.Code, out code)) return Bad(where, "code is no organisation code of GB 32100");
        if (!PlainText.IsValid(member.Name)) return Bad(where, $"name is {PlainText.Rule}");
        if (!RegionCode.TryParse(member.Region, out _)) return Bad(where, "region is six digits ending in 0000 (GB/T 2260)");
        if (!AreRoles([.. member.Roles.Select(r => (int)r)], (int)MemberRole.Auditor)) return Bad(where, "roles are distinct and at least one");
        return IsStatus(member.Status) ? null : Bad(where, "status is ACTIVE, SUSPENDED or REMOVED");
    }

    /// <summary>Reads one key; <paramref name="where"/> names it in the refusal.</summary>
    public static Refusal? CheckKey(KeyRecord key, string where, UnixTime time, out KeyId id)
    {
        id = default;
        if (!Sm2PublicKey.TryParse(key.PublicKey.Span, out var publicKey)) return BadKey(where, $"public_key is {Sm2PublicKey.Size} bytes of a point on the curve");
        id = publicKey.Id;
        if (key.Holder.Length is 0 or > MaxHolderLength || key.Holder.AsSpan().ContainsAnyExcept(HolderCharacters)) return BadKey(where, $"holder is {HolderRule}");
        if (!AreRoles([.. key.Roles.Select(r => (int)r)], (int)KeyRole.Service)) return BadKey(where, "roles are distinct and at least one");
        if (key.Roles.Contains(KeyRole.Consensus) && key.Roles.Count > 1) return BadKey(where, "a consensus key signs votes and nothing else: no further role");
        if (!IsStatus(key.Status)) return BadKey(where, "status is ACTIVE, SUSPENDED or REMOVED");
        if (key.Status != StandingStatus.Active) return Instants.IsInstant(key.ExpiresMs) ? null : BadKey(where, "expires_ms is not after the year 9999"); // expired keys are removed too
        return key.ExpiresMs > time.Milliseconds && key.ExpiresMs <= Instants.Max ? null : BadKey(where, "expires_ms is later than now and not after the year 9999");
    }

    private static bool IsStatus(StandingStatus status) => status is StandingStatus.Active or StandingStatus.Suspended or StandingStatus.Removed;

    private static bool AreRoles(int[] roles, int last) => roles.Length > 0 && roles.Length == roles.Distinct().Count() && roles.All(r => r >= 1 && r <= last);

    private static Refusal Bad(string where, string what) => new(MembershipCodes.BadMember, $"{where}: {what}.");

    private static Refusal BadKey(string where, string what) => new(MembershipCodes.BadKey, $"{where}: {what}.");
}
