using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Vault;

/// <summary>What a vault takes in: a credential that an issuer of this region signed, with exactly the attributes it commits to.</summary>
internal sealed class DepositCheck(ChainView chain, VaultIdentity identity)
{
    /// <summary>The credential, or why the deposit is refused.</summary>
    public bool TryCheck(VaultDeposit deposit, [NotNullWhen(true)] out Credential? credential, [NotNullWhen(false)] out Refusal? refusal)
    {
        if (!Credential.TryParse(deposit.Credential.Span, out credential))
            refusal = new Refusal(VaultCodes.Malformed, "credential is no canonical credential.");
        else if (credential.Statement.Chain != chain.Status.Chain)
            refusal = new Refusal(VaultCodes.WrongChain, $"The credential is for {credential.Statement.Chain}; this is {chain.Status.Chain}.");
        else if (!AttributeCommitment.TryFromDisclosures(deposit.Disclosures, out var attributes))
            refusal = new Refusal(VaultCodes.Malformed, $"disclosures are 1 to {AttributeCommitment.MaxAttributes} canonical attributes in leaf order.");
        else if (attributes.Root != credential.Statement.Commitment || attributes.Count != credential.Statement.AttributeCount)
            refusal = new Refusal(VaultCodes.OtherCommitment, $"The disclosures of {credential.Statement.Licence} are not the ones that its credential commits to.");
        else
            refusal = CheckIssuer(credential) ?? CheckChain(credential);
        return refusal is null;
    }

    private Refusal? CheckIssuer(Credential credential)
    {
        var statement = credential.Statement;
        if (statement.Licence.Issuer != statement.Issuer.Value) return new Refusal(VaultCodes.BadIssuer, $"{statement.Licence} names another issuer than the credential.");
        if (chain.Member(statement.Issuer) is not { Status: StandingStatus.Active } member || !member.Roles.Contains(MemberRole.Issuer))
            return new Refusal(VaultCodes.BadIssuer, $"{statement.Issuer} is no active member with role issuer.");
        if (member.Region != identity.Region.Value) return new Refusal(VaultCodes.OtherRegion, $"{statement.Issuer} belongs to region {member.Region}; this vault keeps region {identity.Region}'s licences.");
        return chain.Key(statement.IssuerKey) is { Status: StandingStatus.Active } key
            && key.Member == statement.Issuer.Value
            && key.Roles.Contains(KeyRole.Issue)
            && chain.Status.HeadTime.Milliseconds < key.ExpiresMs
            && Sm2PublicKey.TryParse(key.PublicKey.Span, out var publicKey)
            && credential.VerifyIssuer(publicKey)
            ? null
            : new Refusal(VaultCodes.BadIssuer, "The credential is not signed by an active issuing key of its issuer.");
    }

    // Deposits come before the licence is on the chain or after; once it is there, only its own credential will do.
    private Refusal? CheckChain(Credential credential) =>
        chain.Licence(credential.Statement.Licence) is { } record && !record.CredentialHash.Span.SequenceEqual(credential.Hash.Span)
            ? new Refusal(VaultCodes.OtherCredential, $"The chain names another credential for {credential.Statement.Licence}.")
            : null;
}
