using System.Globalization;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Standings.Expiry;

/// <summary>Something that expires.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">Which key; all zeros for a certificate.</param>
/// <param name="At">Its last instant.</param>
public sealed record Expiring(ExpiryKind Kind, KeyId Key, UnixTime At)
{
    // The year 9999, where calendars end and the chain's bound lies.
    private const ulong MaxMs = 253_402_300_799_999;

    /// <summary>Whole days left at <paramref name="now"/>; 0 on the last and after it.</summary>
    public ulong DaysLeft(UnixTime now) => At > now ? (At.Milliseconds - now.Milliseconds) / ExpiryWatch.DayMs : 0;

    /// <summary>In plain words, as of <paramref name="now"/>, with what to do.</summary>
    public string Words(UnixTime now)
    {
        var what = Kind switch
        {
            ExpiryKind.ConsensusKey => $"Its consensus key {Key}",
            ExpiryKind.ServiceKey => $"Its service key {Key}",
            ExpiryKind.GoverningKey => $"Its member's last governing key {Key}",
            _ => "Its link certificate",
        };
        var remedy = Kind == ExpiryKind.LinkCertificate ? "keys link-certificate, then governance propose link-certificate" : $"governance propose renew-key --key {Key}";
        var at = DateTimeOffset.FromUnixTimeMilliseconds((long)ulong.Min(At.Milliseconds, MaxMs)).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return At > now ? $"{what} expires in {DaysLeft(now)} days, on {at}: {remedy}." : $"{what} expired on {at}: {remedy}.";
    }
}
