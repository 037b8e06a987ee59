using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using static LicenceChain.Contracts.Tests.Support.GovernedChain;

namespace LicenceChain.Contracts.Tests.Versions;

/// <summary>
/// What version 1 made of these transactions before there was a version 2, byte for byte: recorded with the program of commit ee58cdc. A change of these values breaks the replay of
/// every chain that exists; it is a mistake, or a rule that lacks its version (ADR 0020).
/// </summary>
public sealed class VersionOneHistoryTests
{
    [Fact]
    public void Licences_grants_matters_agreements_and_checkpoints_come_to_the_roots_that_were_recorded()
    {
        var chain = TestChain.WithLicence();
        var history = new History(chain);
        history.Add(Cast.Issuer, "licences", "issueBatch", Samples.Batch(5));
        history.Add(Cast.Issuer, "licences", "suspend", Samples.Change());
        history.Add(Cast.Issuer, "licences", "resume", Samples.Change());
        var grant = Samples.Signed(Samples.Grant(chain.Now));
        history.Add(Cast.Verifier, "authorisations", "grant", grant);
        history.Add(Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() });
        history.Add(Cast.Governor, "recognition", "propose", new ProposeAgreement { Document = Samples.AgreementDocument() });
        foreach (var governor in Cast.Governors)
            history.Add(governor, "recognition", "accept", new AcceptAgreement { Name = Samples.Agreement, DocumentHash = Samples.HashOf(Samples.AgreementDocument()) });
        history.Add(Cast.Service, "authorisations", "consume", Samples.Consumption(Samples.IdOf(grant)));
        history.Add(Cast.Verifier, "authorisations", "consume", Samples.Consumption(Samples.IdOf(grant), "use-2"));
        history.Add(Cast.Verifier, "authorisations", "revoke", Samples.Revocation(Samples.IdOf(grant)));
        history.Add(Cast.Service, "access", "checkpoint", new AnchorCheckpoint { Origin = $"{Cast.ShanghaiBureau}/verifier", Size = 1, Root = Samples.Digest("root") });
        history.Add(Cast.OtherIssuer, "licences", "revoke", Samples.Change());
        history.Add(Cast.Issuer, "licences", "revoke", Samples.Change());
        chain.Now = new UnixTime(TestGenesis.ExpiringMs);
        history.Add(Cast.Expiring, "licences", "issue", Samples.Issue("2"));
        history.Add(Cast.Expiring, "licences", "mint", Samples.Issue("2"));

        history.Is("0e7bf7a25be2cd6093a9a5011f8ddde1407667ca02284a980ff21b0268f60b76", "d1433a73a4b44cd1337e5177eda74b7369a8f1b7c96076fd4f0486b17f620321");
    }

    [Fact]
    public void Governance_comes_to_the_roots_that_were_recorded_and_refuses_every_expired_key()
    {
        var governed = new GovernedChain(seats: 4);
        var chain = governed.Chain;
        var history = new History(chain);
        Adopt(history, chain, governed.SetTo([.. Consensus.Take(5)]));
        Adopt(history, chain, new GovernanceChange { PutKey = Expiring(Officers[3], chain, after: 40_000) }, new GovernanceChange { PutKey = Expiring(Officers[2], chain, after: 40_000) });
        var parameters = ChainParameters.Read(chain.State).ToRecord();
        parameters.HeartbeatMs = 500;
        Adopt(history, chain, new GovernanceChange { SetParameters = parameters });
        Adopt(history, chain, new GovernanceChange { AllowVoting = new AllowVoting { KeyId = IdOf(Consensus[1]), FromHeight = 90 } });
        var renewal = new ProposalDocument { Title = "Renew", ExpiresHeight = 500, Changes = { new GovernanceChange { PutKey = TestGenesis.Key(Officers[3], KeyRole.Govern) } } };
        history.Add(Officers[0], "membership", "propose", new ProposeChange { Document = renewal });
        chain.Now = chain.Now.Plus(60_000);
        history.Add(Officers[3], "membership", "approve", Approval(renewal));
        Assert.Equal(TransactionCodes.InactiveKey, history.Last.Code);
        history.Add(Officers[2], "membership", "propose", new ProposeChange { Document = new ProposalDocument(renewal) { Title = "Renew again" } });
        history.Add(Officers[3], "membership", "withdraw", new WithdrawProposal { ProposalId = Approval(renewal).ProposalId });
        history.Add(Officers[1], "membership", "approve", Approval(renewal));
        history.Add(Officers[0], "membership", "withdraw", new WithdrawProposal { ProposalId = Approval(renewal).ProposalId });

        history.Is("df8afe987a8b3892aefa6dded729c0807b877f99f820fd76aca48ef615f7ed97", "2596e0ab576f3a02185b128a6532add70524826dd0a3867f67bb4131cff11396");
    }

    private static void Adopt(History history, TestChain chain, params GovernanceChange[] changes)
    {
        var document = new ProposalDocument { Title = "A change 变更", ExpiresHeight = chain.Height.Value + 100, Changes = { changes } };
        history.Add(Officers[0], "membership", "propose", new ProposeChange { Document = document });
        foreach (var officer in Officers.Skip(1).Take(4)) history.Add(officer, "membership", "approve", Approval(document));
    }

    private static KeyRecord Expiring(Actor officer, TestChain chain, ulong after)
    {
        var record = TestGenesis.Key(officer, KeyRole.Govern);
        record.ExpiresMs = chain.Now.Plus(after).Milliseconds;
        return record;
    }

    private static ApproveProposal Approval(ProposalDocument document) => new() { ProposalId = ByteString.CopyFrom(Sm3.Hash(document.ToByteArray()).Span) };

    // One transaction a block; what every block came to goes into one hash.
    private sealed class History(TestChain chain)
    {
        private readonly List<byte> _roots = [];

        public Receipt Last { get; private set; } = null!;

        /// <summary>Asserts the last state root, and the hash over state root and receipt of every block.</summary>
        public void Is(string stateRoot, string all)
        {
            var (lastRoot, hash) = (Root().ToString(), Sm3.Hash([.. _roots]).ToString());
            Assert.True((lastRoot, hash) == (stateRoot, all), $"It came to {lastRoot} and {hash}.");
        }

        public void Add(Actor signer, string contract, string method, IMessage arguments)
        {
            Assert.Equal(UpgradeSchedule.FirstVersion, chain.Next.Version);
            Last = chain.Run(signer, contract, method, arguments);
            _roots.AddRange(Root().Span);
            _roots.AddRange(Last.Bytes.Span);
        }

        private Hash256 Root() => SparseMerkleTree.Empty.Apply([.. chain.State.All().OrderBy(w => w.Key).Select(w => new StateLeafChange(w.Key.Hash, Sm3.Hash(w.Value!.Value.Span)))]).Root;
    }
}
