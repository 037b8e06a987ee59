using Google.Protobuf;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>A sound genesis document; tests break one thing at a time.</summary>
internal static class TestGenesis
{
    /// <summary>2025-01-01T00:00:00Z.</summary>
    public const ulong TimeMs = 1_735_689_600_000;

    /// <summary>When <see cref="Cast.Expiring"/> expires; every other key lives years longer.</summary>
    public const ulong ExpiringMs = TimeMs + 1_000_000;

    public static GenesisMessage Message()
    {
        var genesis = new GenesisMessage
        {
            ChainId = "test-chain",
            TimeMs = TimeMs,
            Parameters = ChainParameters.Default.ToRecord(),
            Validators = new ValidatorSetMessage(),
        };
        for (var i = 0; i < Cast.Regions.Count; i++)
        {
            var bureau = Cast.Code(Cast.Regions[i], 1);
            genesis.Members.Add(Member(bureau, Cast.Regions[i], MemberRole.Validator, MemberRole.Verifier));
            genesis.Keys.Add(Key(Cast.Validators[i], KeyRole.Consensus));
            genesis.Keys.Add(Key(Cast.Governors[i], KeyRole.Govern));
            genesis.Validators.Validators.Add(new ValidatorMessage { Member = bureau.Value, PublicKey = PublicKey(Cast.Validators[i]) });
        }

        genesis.Members.Add(Member(Cast.JiangsuPolice, Cast.Jiangsu, MemberRole.Issuer));
        genesis.Members.Add(Member(Cast.ShanghaiPolice, Cast.Shanghai, MemberRole.Issuer));
        genesis.Members.Add(Member(Cast.Auditor, Cast.Shanghai, MemberRole.Auditor));
        genesis.Keys.Add(Key(Cast.Issuer, KeyRole.Issue));
        genesis.Keys.Add(Key(Cast.OtherIssuer, KeyRole.Issue));
        genesis.Keys.Add(Key(Cast.Verifier, KeyRole.Verify));
        genesis.Keys.Add(Key(Cast.JiangsuVerifier, KeyRole.Verify));
        genesis.Keys.Add(Key(Cast.Service, KeyRole.Service));
        genesis.Keys.Add(Key(Cast.AuditorService, KeyRole.Service, KeyRole.Audit));
        genesis.Keys.Add(Key(Cast.Approver, KeyRole.Approve));
        var expiring = Key(Cast.Expiring, KeyRole.Issue);
        expiring.ExpiresMs = ExpiringMs;
        genesis.Keys.Add(expiring);
        return genesis;
    }

    public static MemberRecord Member(OrganisationCode code, RegionCode region, params MemberRole[] roles) =>
        new() { Code = code.Value, Name = $"机构 {code}", Region = region.Value, Roles = { roles }, Status = StandingStatus.Active };

    public static KeyRecord Key(Actor actor, params KeyRole[] roles) => new()
    {
        PublicKey = PublicKey(actor),
        Member = actor.Member.Value,
        Holder = "officer-1",
        Roles = { roles },
        Status = StandingStatus.Active,
        ExpiresMs = TimeMs + (10UL * 365 * 86_400_000),
    };

    private static ByteString PublicKey(Actor actor) => ByteString.CopyFrom(actor.Key.PublicKey.Encoded);
}
