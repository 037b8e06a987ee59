using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts;

/// <summary>Applies a genesis document to the empty state: members, keys, parameters and the first validator set.</summary>
public static class GenesisExecutor
{
    /// <summary>Most members of a genesis document: every agency of every province's departments.</summary>
    public const int MaxMembers = 10_000;

    /// <summary>Most keys of a genesis document.</summary>
    public const int MaxKeys = 50_000;

    /// <summary>Applies <paramref name="genesis"/>; false with the first thing that is wrong, its code and where it stands.</summary>
    public static bool TryApply(GenesisMessage genesis, [NotNullWhen(true)] out GenesisOutcome? outcome, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        outcome = null;
        var refusal = CheckDocument(genesis, out var chain, out var parameters);
        var members = new Dictionary<OrganisationCode, MemberRecord>();
        var keys = new Dictionary<KeyId, KeyRecord>();
        refusal ??= ReadMembers(genesis, members) ?? ReadKeys(genesis, members, keys) ?? CheckGovernors(keys) ?? CheckValidators(genesis, members, keys);
        if (refusal is not null)
        {
            error = refusal.ToString();
            return false;
        }

        error = null;
        if (!ValidatorSet.TryFrom(genesis.Validators, out var validators)) throw new InvalidOperationException("A set that was checked is sound.");
        var writes = Writes(genesis.ProtocolVersion, parameters!, validators, members, keys);
        outcome = new GenesisOutcome(chain, new UnixTime(genesis.TimeMs), Sm3.Hash(genesis.ToByteArray()), parameters!, validators, writes);
        return true;
    }

    private static Refusal? CheckDocument(GenesisMessage genesis, out ChainId chain, out ChainParameters? parameters)
    {
        parameters = null;
        if (!ChainId.TryParse(genesis.ChainId, out chain))
            return new Refusal(MembershipCodes.BadDocument, $"chain_id is 3 to {ChainId.MaxLength} characters of a-z, 0-9 and '-'.");
        if (!Values.Instants.IsInstant(genesis.TimeMs)) return new Refusal(MembershipCodes.BadDocument, "time_ms is an instant up to the year 9999.");
        if (genesis.ProtocolVersion > UpgradeSchedule.MaxVersion) return new Refusal(MembershipCodes.BadDocument, $"protocol_version is at most {UpgradeSchedule.MaxVersion}.");
        return ChainParameters.TryFrom(genesis.Parameters, out parameters, out var error) ? null : new Refusal(MembershipCodes.BadParameter, $"{error}.");
    }

    private static Refusal? ReadMembers(GenesisMessage genesis, Dictionary<OrganisationCode, MemberRecord> members)
    {
        if (genesis.Members.Count > MaxMembers) return new Refusal(MembershipCodes.BadMember, $"{genesis.Members.Count} members; at most {MaxMembers}.");
        for (var i = 0; i < genesis.Members.Count; i++)
        {
            if (MembershipRules.CheckMember(genesis.Members[i], $"members[{i}]", out var code) is { } refusal) return refusal;
            if (genesis.Members[i].Status != StandingStatus.Active) return new Refusal(MembershipCodes.BadMember, $"members[{i}]: status is ACTIVE at genesis.");
            if (!members.TryAdd(code, genesis.Members[i])) return new Refusal(MembershipCodes.RepeatedMember, $"members[{i}]: {code} stands twice.");
        }

        return null;
    }

    private static Refusal? ReadKeys(GenesisMessage genesis, Dictionary<OrganisationCode, MemberRecord> members, Dictionary<KeyId, KeyRecord> keys)
    {
        if (genesis.Keys.Count > MaxKeys) return new Refusal(MembershipCodes.BadKey, $"{genesis.Keys.Count} keys; at most {MaxKeys}.");
        for (var i = 0; i < genesis.Keys.Count; i++)
        {
            var key = genesis.Keys[i];
            if (MembershipRules.CheckKey(key, $"keys[{i}]", new UnixTime(genesis.TimeMs), out var id) is { } refusal) return refusal;
            if (key.Status != StandingStatus.Active) return new Refusal(MembershipCodes.BadKey, $"keys[{i}]: status is ACTIVE at genesis.");
            if (!OrganisationCode.TryParse(key.Member, out var member) || !members.ContainsKey(member))
                return new Refusal(MembershipCodes.UnknownMember, $"keys[{i}]: member is none of the document's.");
            if (!keys.TryAdd(id, key)) return new Refusal(MembershipCodes.RepeatedKey, $"keys[{i}]: {id} stands twice.");
        }

        return null;
    }

    private static Refusal? CheckValidators(GenesisMessage genesis, Dictionary<OrganisationCode, MemberRecord> members, Dictionary<KeyId, KeyRecord> keys)
    {
        if (!ValidatorSet.TryFrom(genesis.Validators, out var set))
            return new Refusal(MembershipCodes.BadValidators, $"validators are {ValidatorSet.MinCount} to {Protocol.Encoding.ProtocolLimits.MaxValidators} with distinct keys and members.");
        for (var i = 0; i < set.Count; i++)
        {
            var (code, key) = (set.Validators[i].Member, set.Validators[i].Key.Id);
            if (!members.TryGetValue(code, out var member) || !member.Roles.Contains(MemberRole.Validator))
                return new Refusal(MembershipCodes.ValidatorWithoutRole, $"validators[{i}]: {code} is no member with role VALIDATOR.");
            if (!keys.TryGetValue(key, out var record) || record.Member != code.Value || !record.Roles.Contains(KeyRole.Consensus))
                return new Refusal(MembershipCodes.ValidatorWithoutRole, $"validators[{i}]: its key is no key of {code} with role CONSENSUS.");
        }

        return null;
    }

    private static List<StateWrite> Writes(
        uint version, ChainParameters parameters, ValidatorSet validators, Dictionary<OrganisationCode, MemberRecord> members, Dictionary<KeyId, KeyRecord> keys)
    {
        var writes = new List<StateWrite>(members.Count + keys.Count + 3)
        {
            new(StateKeys.Parameters, parameters.ToRecord().ToByteArray()),
            new(StateKeys.Validators, validators.ToMessage().ToByteArray()),
        };
        if (version > UpgradeSchedule.FirstVersion) writes.Add(new StateWrite(StateKeys.Upgrade, new UpgradeRecord { CurrentVersion = version }.ToByteArray()));
        foreach (var (code, member) in members) writes.Add(new StateWrite(StateKeys.Member(code), member.ToByteArray()));
        foreach (var (id, key) in keys) writes.Add(new StateWrite(StateKeys.Key(id), key.ToByteArray()));
        foreach (var (code, governors) in GovernorsOf(keys)) writes.Add(new StateWrite(StateKeys.Governors(code), governors.ToByteArray()));
        writes.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        return writes;
    }

    private static Refusal? CheckGovernors(Dictionary<KeyId, KeyRecord> keys) =>
        keys.Values.Where(k => k.Roles.Contains(KeyRole.Govern)).CountBy(k => k.Member).Any(m => m.Value > Governors.MaxKeys)
            ? new Refusal(MembershipCodes.BadKey, $"keys: a member has at most {Governors.MaxKeys} with role GOVERN.")
            : null;

    private static Dictionary<OrganisationCode, GovernorsRecord> GovernorsOf(Dictionary<KeyId, KeyRecord> keys)
    {
        var found = new Dictionary<OrganisationCode, GovernorsRecord>();
        foreach (var (id, key) in keys.Where(k => k.Value.Roles.Contains(KeyRole.Govern)).OrderBy(k => k.Key.Value))
        {
            var member = OrganisationCode.Parse(key.Member);
            if (!found.TryGetValue(member, out var record)) found.Add(member, record = new GovernorsRecord());
            record.KeyIds.Add(ByteString.CopyFrom(id.Value.Span));
        }

        return found;
    }
}
