using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Licences;

/// <summary>The one place that says whether a licence is valid at an instant: for contracts, recognition and offline verification alike.</summary>
public static class LicenceValidity
{
    /// <summary>
    /// The standing at <paramref name="now"/>. What the issuer decided comes before what the calendar says: revoked, suspended,
    /// expired, not yet valid, valid. <c>valid_until_ms</c> is the first instant at which it is no longer valid; 0 is no end.
    /// </summary>
    public static LicenceStanding StatusAt(LicenceRecord record, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Status switch
        {
            LicenceStatus.Revoked => LicenceStanding.Revoked,
            LicenceStatus.Suspended => LicenceStanding.Suspended,
            LicenceStatus.Valid when record.ValidUntilMs != 0 && now.Milliseconds >= record.ValidUntilMs => LicenceStanding.Expired,
            LicenceStatus.Valid when now.Milliseconds < record.ValidFromMs => LicenceStanding.NotYetValid,
            LicenceStatus.Valid => LicenceStanding.Valid,
            _ => throw new ArgumentException("A licence record without a status is none.", nameof(record)),
        };
    }
}
