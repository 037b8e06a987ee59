using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>Sound arguments; tests break one thing at a time.</summary>
internal static class Samples
{
    public const string Matter = "medical-care-elsewhere";
    public const string Agreement = "yangtze-delta-2025";
    public const ulong DayMs = 86_400_000;

    public static readonly string ResidentIdTypeCode = Cast.Code(Cast.Shanghai, 1).Value + "L01";
    public static readonly string MarriageTypeCode = Cast.Code(Cast.Shanghai, 1).Value + "L02";

    public static LicenceTypeRecord ResidentId() => Type("resident-id", ResidentIdTypeCode, "居民身份证", 20, "name", "idNumber", "sex", "address");

    public static LicenceTypeRecord MarriageCertificate() => Type("marriage-certificate", MarriageTypeCode, "结婚证", 0, "name", "spouseName");

    public static LicenceId LicenceId(string serial = "1", OrganisationCode? issuer = null, string? typeCode = null) =>
        Protocol.Identifiers.LicenceId.Mint(typeCode ?? ResidentIdTypeCode, issuer ?? Cast.JiangsuPolice, serial, 1);

    public static IssueLicence Issue(string serial = "1") => new()
    {
        Id = LicenceId(serial).Value,
        Type = "resident-id",
        HolderTag = Tag(Cast.Holder),
        Commitment = Digest("commitment"),
        CredentialHash = Digest("credential"),
        ValidFromMs = TestGenesis.TimeMs,
        ValidUntilMs = TestGenesis.TimeMs + (20 * 365 * DayMs),
    };

    public static IssueLicences Batch(int count) => new() { Licences = { Enumerable.Range(1, count).Select(i => Issue($"B{i}")) } };

    public static ChangeLicenceStatus Change(string reason = "lost") => new() { Id = LicenceId().Value, Reason = reason };

    public static GrantStatement Grant(UnixTime now) => new()
    {
        ChainId = TestChain.Id.Value,
        UniqueId = ByteString.CopyFrom(new byte[16]),
        Grantee = Cast.ShanghaiBureau.Value,
        Items = { new GrantItem { LicenceId = LicenceId().Value, Attributes = { "address", "name" } } },
        Matter = Matter,
        Purpose = "异地就医备案",
        FromMs = now.Milliseconds,
        UntilMs = now.Milliseconds + DayMs,
        Uses = 1,
    };

    public static RegisterGrant Signed(GrantStatement statement, Actor? holder = null)
    {
        var bytes = statement.ToByteArray();
        var signer = holder ?? Cast.Holder;
        return new RegisterGrant
        {
            Statement = ByteString.CopyFrom(bytes),
            HolderPublicKey = ByteString.CopyFrom(signer.Key.PublicKey.Encoded),
            HolderSignature = ByteString.CopyFrom(signer.Sign(SigningContext.Grant, bytes)),
        };
    }

    public static GrantId IdOf(RegisterGrant grant) => new(Sm3.Hash(grant.Statement.Span));

    public static RevokeGrant Revocation(GrantId grant, Actor? holder = null)
    {
        var bytes = new GrantRevocation { ChainId = TestChain.Id.Value, GrantId = ByteString.CopyFrom(grant.Value.Span) }.ToByteArray();
        var signer = holder ?? Cast.Holder;
        return new RevokeGrant
        {
            Statement = ByteString.CopyFrom(bytes),
            HolderPublicKey = ByteString.CopyFrom(signer.Key.PublicKey.Encoded),
            HolderSignature = ByteString.CopyFrom(signer.Sign(SigningContext.GrantRevocation, bytes)),
        };
    }

    public static ConsumeGrant Consumption(GrantId grant, string use = "use-1") => new()
    {
        GrantId = ByteString.CopyFrom(grant.Value.Span),
        UseId = Digest(use),
        LicenceId = LicenceId().Value,
        Matter = Matter,
    };

    public static MatterRecord MatterRecord() => new()
    {
        Code = Matter,
        Name = "异地就医备案",
        Region = Cast.Shanghai.Value,
        Needs =
        {
            new MatterNeed { LicenceType = "marriage-certificate", Attributes = { "name" } },
            new MatterNeed { LicenceType = "resident-id", Attributes = { "address", "idNumber", "name" } },
        },
        Version = 1,
    };

    public static AgreementDocument AgreementDocument() => new()
    {
        Name = Agreement,
        Title = "长三角电子证照互认协议(样例)",
        Regions = { Cast.Regions.Select(r => r.Value) },
        LicenceTypes = { "resident-id" },
        SinceMs = TestGenesis.TimeMs,
        Version = 1,
    };

    public static ByteString HashOf(AgreementDocument document) => ByteString.CopyFrom(Sm3.Hash(document.ToByteArray()).Span);

    public static ByteString Digest(string of) => ByteString.CopyFrom(Sm3.Hash(System.Text.Encoding.UTF8.GetBytes(of)).Span);

    public static ByteString Tag(Actor holder) => ByteString.CopyFrom(HolderTag.Of(holder.Key.PublicKey).Span);

    private static LicenceTypeRecord Type(string code, string typeCode, string name, uint years, params string[] attributes) => new()
    {
        Code = code,
        TypeCode = typeCode,
        Name = name,
        EnglishName = code,
        Holder = HolderKind.Person,
        Department = "公安厅",
        ValidYears = years,
        Sensitivity = 4,
        Attributes = { attributes.Select(a => new AttributeDefinition { Name = a, Sensitivity = 3 }) },
        Version = 1,
    };
}
