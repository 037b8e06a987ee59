using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using LicenceChain.Contracts.Access;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Catalogue;
using LicenceChain.Contracts.Licences;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Execution;

/// <summary>Every method of every contract, with who may call it: member roles (none: any member), then key roles.</summary>
internal static class MethodTable
{
    private static readonly Method[] Rows =
    [
        Method.Of("catalogue", "register", [MemberRole.Validator], [KeyRole.Govern], RegisterLicenceType.Parser, CatalogueContract.Register),
        Method.Of("licences", "issue", [MemberRole.Issuer], [KeyRole.Issue], IssueLicence.Parser, LicencesContract.Issue),
        Method.Of("licences", "issueBatch", [MemberRole.Issuer], [KeyRole.Issue], IssueLicences.Parser, LicencesContract.IssueBatch),
        Method.Of("licences", "suspend", [MemberRole.Issuer], [KeyRole.Issue], ChangeLicenceStatus.Parser, LicencesContract.Suspend),
        Method.Of("licences", "resume", [MemberRole.Issuer], [KeyRole.Issue], ChangeLicenceStatus.Parser, LicencesContract.Resume),
        Method.Of("licences", "revoke", [MemberRole.Issuer], [KeyRole.Issue], ChangeLicenceStatus.Parser, LicencesContract.Revoke),
        Method.Of("authorisations", "grant", [MemberRole.Verifier], [KeyRole.Verify], RegisterGrant.Parser, AuthorisationsContract.Grant),
        Method.Of("authorisations", "revoke", [MemberRole.Verifier], [KeyRole.Verify], RevokeGrant.Parser, AuthorisationsContract.Revoke),
        Method.Of("authorisations", "consume", [MemberRole.Verifier], [KeyRole.Verify, KeyRole.Service], ConsumeGrant.Parser, AuthorisationsContract.Consume),
        Method.Of("recognition", "registerMatter", [MemberRole.Validator], [KeyRole.Govern], RegisterMatter.Parser, MattersContract.Register),
        Method.Of("recognition", "propose", [MemberRole.Validator], [KeyRole.Govern], ProposeAgreement.Parser, AgreementsContract.Propose),
        Method.Of("recognition", "accept", [MemberRole.Validator], [KeyRole.Govern], AcceptAgreement.Parser, AgreementsContract.Accept),
        Method.Of("access", "checkpoint", [], [KeyRole.Service], AnchorCheckpoint.Parser, AccessContract.Checkpoint),
        Method.Of("membership", "evidence", [MemberRole.Validator], [KeyRole.Service], EvidenceMessage.Parser, EvidenceContract.Record),
        Method.Of("membership", "propose", [MemberRole.Validator], [KeyRole.Govern], ProposeChange.Parser, GovernanceContract.Propose, VersionedRules.Renewal),
        Method.Of("membership", "approve", [MemberRole.Validator], [KeyRole.Govern], ApproveProposal.Parser, GovernanceContract.Approve, VersionedRules.Renewal),
        Method.Of("membership", "withdraw", [MemberRole.Validator], [KeyRole.Govern], WithdrawProposal.Parser, GovernanceContract.Withdraw, VersionedRules.Renewal),
        Method.Of("membership", "attest", [], [KeyRole.Service], AttestRehearsal.Parser, AttestationContract.Attest),
    ];

    private static readonly FrozenDictionary<(string Contract, string Name), Method> ByName = Rows.ToFrozenDictionary(m => (m.Contract, m.Name));

    /// <summary>All methods, in the order of the table.</summary>
    public static IReadOnlyList<Method> All => Rows;

    /// <summary>The refusal of a name that the table does not know.</summary>
    public static Refusal Unknown => new(TransactionCodes.UnknownMethod, "No contract has a method of that name.");

    /// <summary>True when the method takes, under <paramref name="version"/>, a member's last governing key that has expired.</summary>
    public static bool Renews(string contract, string name, uint version) => TryGet(contract, name, out var method) && method.RenewsSince != 0 && version >= method.RenewsSince;

    /// <summary>Finds a method by contract and name.</summary>
    public static bool TryGet(string contract, string name, [NotNullWhen(true)] out Method? method) => ByName.TryGetValue((contract, name), out method);
}
