using LicenceChain.Protocol.Licences;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Licences;

public sealed class LicenceValidityTests
{
    [Theory]
    [InlineData(99, LicenceStanding.NotYetValid)]
    [InlineData(100, LicenceStanding.Valid)]
    [InlineData(199, LicenceStanding.Valid)]
    [InlineData(200, LicenceStanding.Expired)]
    public void Validity_begins_with_its_first_instant_and_ends_before_its_last(ulong now, LicenceStanding standing) =>
        Assert.Equal(standing, LicenceValidity.StatusAt(Record(LicenceStatus.Valid, 200), new UnixTime(now)));

    [Fact]
    public void Licence_without_an_end_never_expires() =>
        Assert.Equal(LicenceStanding.Valid, LicenceValidity.StatusAt(Record(LicenceStatus.Valid, 0), new UnixTime(ulong.MaxValue)));

    [Theory]
    [InlineData(LicenceStatus.Revoked, LicenceStanding.Revoked)]
    [InlineData(LicenceStatus.Suspended, LicenceStanding.Suspended)]
    public void What_the_issuer_decided_comes_before_the_calendar(LicenceStatus status, LicenceStanding standing)
    {
        foreach (var now in (ulong[])[50, 150, 250])
            Assert.Equal(standing, LicenceValidity.StatusAt(Record(status, 200), new UnixTime(now)));
    }

    [Fact]
    public void Record_without_a_status_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => LicenceValidity.StatusAt(Record(LicenceStatus.Unspecified, 200), new UnixTime(150)));

    private static LicenceRecord Record(LicenceStatus status, ulong until) => new() { Status = status, ValidFromMs = 100, ValidUntilMs = until };
}
