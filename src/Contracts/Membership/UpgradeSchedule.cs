using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Membership;

/// <summary>Reads which version of the protocol a height is decided and executed under.</summary>
public static class UpgradeSchedule
{
    /// <summary>The version of a chain that never upgraded.</summary>
    public const uint FirstVersion = ProtocolVersions.First;

    /// <summary>The highest that a genesis document or an attestation may name: a version takes weeks.</summary>
    public const uint MaxVersion = 1_000_000;

    /// <summary>What is scheduled, or was; null for a chain that never upgraded.</summary>
    public static UpgradeRecord? Read(IStateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.TryGet(StateKeys.Upgrade, out var bytes) ? Stored.Parse(UpgradeRecord.Parser, bytes) : null;
    }

    /// <summary>The version in force at <paramref name="height"/>, by the state below it.</summary>
    public static uint VersionAt(IStateReader state, Height height) => VersionAt(Read(state), height);

    /// <summary>The version that <paramref name="record"/> puts in force at <paramref name="height"/>; without one, the first.</summary>
    public static uint VersionAt(UpgradeRecord? record, Height height)
    {
        if (record is null) return FirstVersion;
        return record.NextVersion != 0 && height.Value >= record.ActivationHeight ? record.NextVersion : record.CurrentVersion;
    }
}
