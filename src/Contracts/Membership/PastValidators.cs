using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>C-EVIDENCE: the sets of past heights, a ring of <see cref="MaxSets"/>: evidence waits minutes, and sets change a few times a year.</summary>
internal static class PastValidators
{
    /// <summary>Sets that are kept.</summary>
    public const int MaxSets = 64;

    /// <summary>Keeps the set that decides this block and none above it. A set changes at most once a block: what was checked against it is what follows it.</summary>
    public static Refusal? Keep(ChangeView view, ValidatorSet leaving, string where)
    {
        var record = view.Find(StateKeys.PastValidators, PastValidatorsRecord.Parser)?.Clone() ?? new PastValidatorsRecord();
        if (record.Spans.Count > 0 && record.Spans[^1].LastHeight >= view.Height.Value)
            return new Refusal(MembershipCodes.StaleSet, $"{where}: this block has changed the set already.");
        var slot = record.Spans.Count < MaxSets ? (uint)record.Spans.Count : record.Spans[0].Slot;
        if (record.Spans.Count == MaxSets) record.Spans.RemoveAt(0);
        record.Spans.Add(new PastValidatorsSpan { LastHeight = view.Height.Value, Slot = slot });
        view.Put(StateKeys.PastValidatorSet((byte)slot), leaving.ToMessage());
        view.Put(StateKeys.PastValidators, record);
        return null;
    }

    /// <summary>The set that decided <paramref name="height"/>; of a height before all that are kept, the oldest of them, against which signatures then fail.</summary>
    public static ValidatorSetMessage At(Call call, Height height)
    {
        var past = call.Find(StateKeys.PastValidators, PastValidatorsRecord.Parser);
        if (past is null) return Seats.Read(call);
        foreach (var span in past.Spans)
            if (height.Value <= span.LastHeight)
                return call.Find(StateKeys.PastValidatorSet((byte)span.Slot), ValidatorSetMessage.Parser) ?? throw Stored.Broken($"no set in slot {span.Slot}");
        return Seats.Read(call);
    }
}
