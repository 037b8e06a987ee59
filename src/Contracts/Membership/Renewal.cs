using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>
/// From version 2 on (<see cref="VersionedRules.Renewal"/>, ADR 0020): what an expired governing key may still do. Once the governing keys of a third of the seats have expired nothing could
/// be adopted any more, new keys included; so a member's last one may propose, approve and withdraw what renews such keys. More than two thirds of the seats decide, as always.
/// </summary>
internal static class Renewal
{
    /// <summary>Null for a valid key. For an expired one, why the document does more than it may.</summary>
    public static Refusal? Check(Call call, ProposalDocument document)
    {
        if (!call.IsRenewal) return null;
        var view = new ChangeView(call);
        for (var i = 0; i < document.Changes.Count; i++)
            if (!Renews(view, document.Changes[i].PutKey))
                return new Refusal(
                    MembershipCodes.RenewsOnly, $"changes[{i}]: the signer's key has expired. Until its member has a valid one, it takes part in proposals whose every change puts an active key with the role GOVERN alone, of a member with a seat and without a valid one.");
        return null;
    }

    // A key that signs for something else, or was taken away, does not come to govern on this way.
    private static bool Renews(ChangeView view, KeyRecord? key) =>
        key is { Status: StandingStatus.Active, Roles: [KeyRole.Govern] }
        && OrganisationCode.TryParse(key.Member, out var member)
        && Seats.Has(Seats.Read(view), member.Value)
        && !Governors.HasOne(view, member)
        && Sm2PublicKey.TryParse(key.PublicKey.Span, out var publicKey)
        && view.Find(StateKeys.Key(publicKey.Id), KeyRecord.Parser) is null or { Status: StandingStatus.Active, Roles: [KeyRole.Govern] };
}
