using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>
/// What members say of a program before they vote for its version: it executed the chain's recent blocks again and came to the same roots. A word, not a condition: whether
/// it is true, anybody can compare with the headers.
/// </summary>
internal static class AttestationContract
{
    private const int MaxProgramLength = 64;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-");

    /// <summary>Records the signer's member's last attestation.</summary>
    public static Refusal? Attest(Call call, AttestRehearsal arguments)
    {
        if (arguments.HighestVersion is 0 or > UpgradeSchedule.MaxVersion || arguments.Program.Length is 0 or > MaxProgramLength || arguments.Program.AsSpan().ContainsAnyExcept(Allowed))
            return new Refusal(MembershipCodes.BadAttestation, $"highest_version is 1 to {UpgradeSchedule.MaxVersion}; program is 1 to {MaxProgramLength} of A-Z, a-z, 0-9, '.', '+' and '-'.");
        if (arguments.FromHeight is 0 || arguments.FromHeight > arguments.ToHeight || arguments.ToHeight >= call.Height.Value)
            return new Refusal(MembershipCodes.BadAttestation, $"from_height is at least 1 and not above to_height, which is below this block, {call.Height}.");
        if (!IsHash(arguments.LastDigest.Span) || !IsHash(arguments.StateRoot.Span)) return new Refusal(MembershipCodes.BadAttestation, "last_digest and state_root have 32 bytes each.");
        var record = new AttestationRecord { Member = call.Signer.Member.Value, Rehearsal = arguments, Height = call.Height.Value, TimeMs = call.Now.Milliseconds };
        call.Put(StateKeys.Attestation(call.Signer.Member), record, "upgrade.attested", record.Member);
        return null;
    }

    private static bool IsHash(ReadOnlySpan<byte> bytes) => Hash256.TryFrom(bytes, out var hash) && !hash.IsZero;
}
