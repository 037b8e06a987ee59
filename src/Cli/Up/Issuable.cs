using Google.Protobuf;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Up;

/// <summary>What chain and vault are told about a credential that a wallet holds; the same each time, so that a stopped run can be taken up again.</summary>
internal static class Issuable
{
    /// <summary>For <c>licences.issue</c>.</summary>
    public static IssueLicence Argument(HeldCredential held)
    {
        var statement = held.Credential.Statement;
        return new IssueLicence
        {
            Id = statement.Licence.Value,
            Type = statement.Type,
            HolderTag = ByteString.CopyFrom(statement.HolderTag.Span),
            Commitment = ByteString.CopyFrom(statement.Commitment.Span),
            CredentialHash = ByteString.CopyFrom(held.Credential.Hash.Span),
            ValidFromMs = statement.ValidFrom.Milliseconds,
            ValidUntilMs = statement.ValidUntil.Milliseconds,
        };
    }

    /// <summary>For the vault of the issuer's region.</summary>
    public static VaultDeposit Deposit(HeldCredential held) => new()
    {
        Credential = ByteString.CopyFrom(held.Credential.Bytes.Span),
        Disclosures = { held.Attributes.Disclosures },
    };
}
