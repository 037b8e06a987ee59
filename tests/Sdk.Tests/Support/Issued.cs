using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Sdk.Tests.Support;

/// <summary>A licence that was issued to a wallet and stands on a ledger.</summary>
internal sealed class Issued
{
    public static readonly OrganisationCode Agency = Ledger.Organisation(1);
    public static readonly OrganisationCode Office = Ledger.Organisation(2);

    public Issued(UnixTime validUntil = default)
    {
        Ledger.Put(StateKeys.Key(IssuerKey.PublicKey.Id), Key);
        var application = new LicenceApplication(
            Licence, "resident-id", Wallet.PublicKey, new Dictionary<string, string> { ["name"] = "高娟然", ["sex"] = "女", ["address"] = "上海市文化路459号" }, new UnixTime(1_000), validUntil);
        Prepared = new IssuancePreparer(Ledger.Chain, Agency, IssuerKey).Prepare(application);
        Wallet.Add(Prepared.Held);
        Record = new LicenceRecord
        {
            Id = Licence.Value,
            Type = "resident-id",
            Issuer = Agency.Value,
            Region = "310000",
            HolderTag = Prepared.Argument.HolderTag,
            Commitment = Prepared.Argument.Commitment,
            CredentialHash = Prepared.Argument.CredentialHash,
            ValidFromMs = Prepared.Argument.ValidFromMs,
            ValidUntilMs = Prepared.Argument.ValidUntilMs,
            Status = LicenceStatus.Valid,
            Version = 1,
        };
        Write();
    }

    public static LicenceId Licence { get; } = LicenceId.Mint(Agency.Value + "L01", Agency, "1", 1);

    public Ledger Ledger { get; } = new();

    public Wallet Wallet { get; } = new("holder", Keys.Of(7));

    public Sm2PrivateKey IssuerKey { get; } = Keys.Of(8);

    public PreparedLicence Prepared { get; }

    public LicenceRecord Record { get; }

    public KeyRecord Key => new()
    {
        PublicKey = ByteString.CopyFrom(IssuerKey.PublicKey.Encoded),
        Member = Agency.Value,
        Holder = "P-001",
        Roles = { KeyRole.Issue },
        Status = StandingStatus.Active,
        ExpiresMs = ulong.MaxValue,
    };

    /// <summary>Puts the record as it is now on the ledger and closes a block.</summary>
    public void Write()
    {
        Ledger.Put(StateKeys.Licence(Licence), Record);
        Ledger.Close();
    }

    public PresentationTerms Terms(params string[] attributes) => new(Licence, Office, "school-enrolment", attributes, Ledger.Now);
}
