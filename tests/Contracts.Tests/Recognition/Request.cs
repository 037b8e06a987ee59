using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Recognition;

/// <summary>A request that is recognised, with its facts; tests break one thing at a time.</summary>
internal sealed class Request
{
    public static readonly GrantId Grant = new(Sm3.Hash("grant"u8));

    public UnixTime Now { get; set; } = new(TestGenesis.TimeMs + Samples.DayMs);

    public RecognitionRequestMessage Asked { get; } = new()
    {
        Requester = Cast.ShanghaiBureau.Value,
        Region = Cast.Shanghai.Value,
        Matter = Samples.Matter,
        LicenceId = Samples.LicenceId().Value,
        Attributes = { "address", "name" },
        GrantId = ByteString.CopyFrom(Grant.Value.Span),
    };

    public MemberRecord? Requester { get; set; } = TestGenesis.Member(Cast.ShanghaiBureau, Cast.Shanghai, MemberRole.Validator, MemberRole.Verifier);

    public LicenceRecord? Licence { get; set; } = new()
    {
        Id = Samples.LicenceId().Value,
        Type = "resident-id",
        Issuer = Cast.JiangsuPolice.Value,
        Region = Cast.Jiangsu.Value,
        HolderTag = Samples.Tag(Cast.Holder),
        ValidFromMs = TestGenesis.TimeMs,
        ValidUntilMs = TestGenesis.TimeMs + (365 * Samples.DayMs),
        Status = LicenceStatus.Valid,
    };

    public List<AgreementRecord> Agreements { get; } = [new() { Document = Samples.AgreementDocument(), InForceSinceMs = TestGenesis.TimeMs }];

    public MatterRecord? Matter { get; set; } = Samples.MatterRecord();

    public GrantRecord? Granted { get; set; } = new()
    {
        Id = ByteString.CopyFrom(Grant.Value.Span),
        Grantee = Cast.ShanghaiBureau.Value,
        Items = { new GrantItem { LicenceId = Samples.LicenceId().Value, Attributes = { "address", "idNumber", "name" } } },
        Matter = Samples.Matter,
        FromMs = TestGenesis.TimeMs,
        UntilMs = TestGenesis.TimeMs + (2 * Samples.DayMs),
        Uses = 1,
        Status = GrantStatus.Active,
        HolderTag = Samples.Tag(Cast.Holder),
    };

    public GrantUseRecord? Use { get; set; }

    public Hash256? Presenter { get; set; } = HolderTag.Of(Cast.Holder.Key.PublicKey);

    public RecognitionDecision Decide() => Recogniser.Recognise(Facts(), Parse(), Now);

    public RecognitionRequest Parse() => RecognitionRequest.TryFrom(Asked, out var request, out var refusal) ? request : throw new InvalidOperationException(refusal.ToString());

    public RecognitionFacts Facts() => new()
    {
        Requester = Requester, Licence = Licence, Agreements = Agreements, Matter = Matter, Grant = Granted, Use = Use, Presenter = Presenter,
    };
}
