using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Membership;

/// <summary>Who has a seat in the validator set, and how many of them decide.</summary>
internal static class Seats
{
    /// <summary>The set that decides the next height.</summary>
    public static ValidatorSetMessage Read(Call call) => call.Find(StateKeys.Validators, ValidatorSetMessage.Parser) ?? throw Stored.Broken("it holds no validator set");

    /// <summary>As the other overload, with a proposal's earlier changes.</summary>
    public static ValidatorSetMessage Read(ChangeView view) => view.Find(StateKeys.Validators, ValidatorSetMessage.Parser) ?? throw Stored.Broken("it holds no validator set");

    /// <summary>True when <paramref name="member"/> has a seat.</summary>
    public static bool Has(ValidatorSetMessage set, string member) => set.Validators.Any(v => v.Member == member);

    /// <summary>True when <paramref name="key"/> votes for a seat.</summary>
    public static bool KeyHasSeat(ChangeView view, KeyId key) =>
        Read(view).Validators.Any(v => Sm2PublicKey.TryParse(v.PublicKey.Span, out var parsed) && parsed.Id == key);

    /// <summary>Strictly more than two thirds of <paramref name="seats"/>: any two such majorities share a correct member.</summary>
    public static bool Suffice(int approvals, int seats) => approvals * 3 > seats * 2;
}
