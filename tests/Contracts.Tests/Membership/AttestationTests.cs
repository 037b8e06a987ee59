using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Tests.Membership;

public sealed class AttestationTests
{
    private readonly TestChain _chain = TestChain.WithCatalogue();

    [Fact]
    public void A_members_last_attestation_stands()
    {
        _chain.MustRun(Cast.Service, "membership", "attest", Rehearsal());
        var receipt = _chain.MustRun(Cast.Service, "membership", "attest", Rehearsal(r => r.Program = "1.1.0+abc"));

        Assert.Equal(("upgrade.attested", Cast.ShanghaiBureau.Value), (receipt.Events[0].Type, receipt.Events[0].Subject));
        var record = _chain.Find(StateKeys.Attestation(Cast.ShanghaiBureau), AttestationRecord.Parser)!;
        Assert.Equal(("1.1.0+abc", _chain.Height.Value), (record.Rehearsal.Program, record.Height));
    }

    [Fact]
    public void What_is_out_of_bounds_is_refused()
    {
        Refuses(r => r.HighestVersion = 0);
        Refuses(r => r.Program = "");
        Refuses(r => r.Program = "a line\nof its own");
        Refuses(r => r.Program = new string('1', 65));
        Refuses(r => r.FromHeight = 0);
        Refuses(r => r.FromHeight = r.ToHeight + 1);
        Refuses(r => r.ToHeight = 1_000_000);
        Refuses(r => r.StateRoot = ByteString.CopyFrom(new byte[32]));
        Refuses(r => r.LastDigest = ByteString.Empty);
    }

    private void Refuses(Action<AttestRehearsal> change) =>
        Assert.Equal(MembershipCodes.BadAttestation, _chain.Run(Cast.Service, "membership", "attest", Rehearsal(change)).Code);

    private AttestRehearsal Rehearsal(Action<AttestRehearsal>? change = null)
    {
        var hash = ByteString.CopyFrom(Sm3.Hash([1]).Span);
        var rehearsal = new AttestRehearsal { HighestVersion = 2, Program = "1.0.0", FromHeight = 1, ToHeight = _chain.Height.Value, LastDigest = hash, StateRoot = hash };
        change?.Invoke(rehearsal);
        return rehearsal;
    }
}
