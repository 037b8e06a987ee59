using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Recognition;

public sealed class DecisionOrderTests
{
    // In the documented order. Spoiling one after the other from the last to the first, each earlier reason hides the later ones.
    private static readonly (string Reason, Action<Request> Spoil)[] Ordered =
    [
        ("requester-not-a-member", r => r.Requester = null),
        ("unknown-licence", r => r.Licence = null),
        ("licence-revoked", r => r.Licence!.Status = LicenceStatus.Revoked),
        ("licence-expired", r => r.Licence!.ValidUntilMs = 1),
        ("no-agreement", r => r.Agreements.Clear()),
        ("unknown-matter", r => r.Matter = null),
        ("over-ask", r => r.Asked.Attributes.Add("sex")),
        ("grant-not-for-this-requester", r => r.Granted!.Grantee = Cast.Auditor.Value),
        ("grant-revoked", r => r.Granted!.Status = GrantStatus.Revoked),
        ("grant-expired", r => r.Granted!.UntilMs = 1),
        ("grant-used-up", r => r.Granted!.Used = 1),
        ("wrong-matter", r => r.Granted!.Matter = "school-enrolment"),
        ("licence-not-in-grant", r => r.Granted!.HolderTag = Samples.Tag(Cast.OtherHolder)),
        ("attribute-not-granted", r => r.Granted!.Items[0].Attributes.Remove("address")),
    ];

    [Fact]
    public void First_rule_that_decides_names_the_reason()
    {
        var request = new Request();
        foreach (var (reason, spoil) in Ordered.Reverse())
        {
            spoil(request);
            Assert.Equal(reason, request.Decide().Reason);
        }
    }

    [Fact]
    public void Same_inputs_give_the_same_decision_and_the_same_hash()
    {
        var (first, second) = (new Request().Decide(), new Request().Decide());
        Assert.Equal(first.ToMessage(), second.ToMessage());
        Assert.False(first.InputsHash.IsZero);
    }

    [Fact]
    public void Every_input_is_in_the_hash()
    {
        var hashes = new HashSet<Hash256> { new Request().Decide().InputsHash };
        Assert.All(Ordered, one =>
        {
            var request = new Request();
            one.Spoil(request);
            Assert.True(hashes.Add(request.Decide().InputsHash), one.Reason);
        });
        Assert.True(hashes.Add(new Request { Now = new UnixTime(TestGenesis.TimeMs + 1) }.Decide().InputsHash));
        Assert.True(hashes.Add(new Request { Presenter = null }.Decide().InputsHash));
    }

    [Fact]
    public void Order_of_the_agreements_never_shows()
    {
        var (first, second) = (new Request(), new Request());
        var other = Samples.AgreementDocument();
        other.Name = "another-2025";
        var record = new AgreementRecord { Document = other, InForceSinceMs = TestGenesis.TimeMs };
        first.Agreements.Add(record);
        second.Agreements.Insert(0, record);
        Assert.Equal(first.Decide().ToMessage(), second.Decide().ToMessage());
    }
}
