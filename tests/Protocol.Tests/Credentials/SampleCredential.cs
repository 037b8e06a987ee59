using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Tests.Cryptography;

namespace LicenceChain.Protocol.Tests.Credentials;

/// <summary>A credential over synthetic attributes, with the keys to present it.</summary>
internal sealed class SampleCredential
{
    public static readonly ChainId Chain = ChainId.Parse("test-chain");
    public static readonly OrganisationCode Audience = OrganisationCode.Mint("11330000000000000");
    public static readonly UnixTime Now = new(1_800_000_000_000);

    public SampleCredential(Random random)
    {
        IssuerKey = ReferenceSm2.Key(random);
        HolderKey = ReferenceSm2.Key(random);
        Commitment = AttributeCommitment.Create([.. new[] { "name", "birthDate", "address", "sex", "idNumber" }.Select(n => new SaltedValue(n, $"value of {n}", AttributeSalt.From(random.Bytes(16))))]);
        Credential = CredentialBuilder.Sign(Fields(), IssuerKey);
    }

    public Sm2PrivateKey IssuerKey { get; }

    public Sm2PrivateKey HolderKey { get; }

    public AttributeCommitment Commitment { get; }

    public Credential Credential { get; }

    public CredentialFields Fields()
    {
        var issuer = OrganisationCode.Parse("11110000000021135M");
        var licence = LicenceId.Mint("11100000000013127D001", issuer, "20260000000000000001", 1);
        return new CredentialFields(Chain, licence, "resident-id", issuer, IssuerKey.PublicKey.Id, HolderKey.PublicKey, Commitment.Root, Commitment.Count, Now, default, 1);
    }

    public Presentation Present(params string[] names) =>
        PresentationBuilder.Sign(Credential, IssuerKey.PublicKey, Commitment.Disclose(names), Audience, "medical-settlement", new byte[16], Now, null, HolderKey);
}
