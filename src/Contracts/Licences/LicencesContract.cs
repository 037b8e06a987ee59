using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Licences;

/// <summary>Licences: issued once, then suspended, resumed and revoked by the member that issued them.</summary>
internal static class LicencesContract
{
    /// <summary>Most licences of one batch: at about 400 bytes each they fill a transaction.</summary>
    public const int MaxBatch = 500;

    /// <summary>Issues one licence.</summary>
    public static Refusal? Issue(Call call, IssueLicence arguments) => LicenceIssuing.Issue(call, arguments);

    /// <summary>Issues all licences of a batch, or none.</summary>
    public static Refusal? IssueBatch(Call call, IssueLicences arguments)
    {
        var licences = arguments.Licences;
        if (licences.Count is 0 or > MaxBatch) return new Refusal(LicenceCodes.BadBatch, $"{licences.Count} licences; a batch has 1 to {MaxBatch}.");
        for (var i = 0; i < licences.Count; i++)
        {
            if (LicenceIssuing.Issue(call, licences[i]) is { } refusal) return refusal with { Detail = $"licences[{i}]: {refusal.Detail}" };
        }

        return null;
    }

    /// <summary>Suspends a valid licence.</summary>
    public static Refusal? Suspend(Call call, ChangeLicenceStatus arguments) => Change(call, arguments, LicenceStatus.Suspended, "licence.suspended");

    /// <summary>Resumes a suspended licence.</summary>
    public static Refusal? Resume(Call call, ChangeLicenceStatus arguments) => Change(call, arguments, LicenceStatus.Valid, "licence.resumed");

    /// <summary>Revokes a valid or suspended licence, for good.</summary>
    public static Refusal? Revoke(Call call, ChangeLicenceStatus arguments) => Change(call, arguments, LicenceStatus.Revoked, "licence.revoked");

    private static Refusal? Change(Call call, ChangeLicenceStatus arguments, LicenceStatus to, string eventType)
    {
        if (!ShortCode.IsValid(arguments.Reason)) return new Refusal(LicenceCodes.BadReason, $"reason is a code of {ShortCode.Rule}.");
        if (!LicenceId.TryParseStrict(arguments.Id, out var id)) return new Refusal(LicenceCodes.BadId, "id is no identifier of GB/T 36904 with the right check character.");
        var key = StateKeys.Licence(id);
        if (call.Find(key, LicenceRecord.Parser) is not { } licence) return new Refusal(LicenceCodes.UnknownLicence, $"There is no licence {id}.");
        if (licence.Issuer != call.Signer.Member.Value) return new Refusal(LicenceCodes.NotYours, $"{id} is {licence.Issuer}'s; only its issuer changes its status.");
        if (!IsLegal(licence.Status, to)) return new Refusal(LicenceCodes.IllegalTransition, $"{id} is {licence.Status} and cannot become {to}.");
        var changed = licence.Clone();
        changed.Status = to;
        changed.Reason = arguments.Reason;
        changed.ChangedMs = call.Now.Milliseconds;
        call.Put(key, changed, eventType, arguments.Id);
        return null;
    }

    private static bool IsLegal(LicenceStatus from, LicenceStatus to) => (from, to) switch
    {
        (LicenceStatus.Valid, LicenceStatus.Suspended) => true,
        (LicenceStatus.Suspended, LicenceStatus.Valid) => true,
        (LicenceStatus.Valid or LicenceStatus.Suspended, LicenceStatus.Revoked) => true,
        _ => false,
    };
}
