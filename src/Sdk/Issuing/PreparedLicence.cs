using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Sdk.Issuing;

/// <summary>One licence ready to issue: what goes to the chain, to the vault and to the holder.</summary>
/// <param name="Argument">For <c>licences.issue</c> or <c>issueBatch</c>. Nothing personal in it.</param>
/// <param name="Deposit">For the vault of the issuer's region. Deposit it before the chain is told, so that no licence is without its data.</param>
/// <param name="Held">For the holder's wallet.</param>
public sealed record PreparedLicence(IssueLicence Argument, VaultDeposit Deposit, HeldCredential Held)
{
    /// <summary>The identifier: the attributes are personal data.</summary>
    public override string ToString() => Argument.Id;
}
