using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Simulation.Network.Clients;

namespace LicenceChain.Simulation.Network.Governance;

/// <summary>
/// The officers of the members with a seat: one of them proposes, and once the chain has it the others approve, each as any client does, of whatever node answers. One proposal at a
/// time; one that does not come through is dropped, though its votes may still arrive.
/// </summary>
internal sealed class Officers(SimulatedNetwork network, SimulatedClients clients, SeededRandom random)
{
    // Heights in which a proposal may be adopted: minutes under load, longer than any run that idles.
    private const ulong Life = 100;
    private const ulong LookUs = SimulatedTime.Second / 2;

    private int _serial;

    /// <summary>True while a proposal is pursued.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Begins with a proposal.</summary>
    public void Propose(string title, params IEnumerable<GovernanceChange> changes)
    {
        IsBusy = true;
        var document = new ProposalDocument { Title = $"{title} {++_serial}", ExpiresHeight = network.Checks.Chain.Height + Life, Changes = { changes } };
        if (network.Trace.IsWritten) network.Trace.Line(-1, $"officers propose: {document.Title}");
        var seats = network.Checks.Governance.Next.Validators;
        var voters = random.Sample(seats.Count, seats.Count).Select(seat => network.Cast.MemberOf(seats[seat].Member)).ToList();
        var proposal = Ask(voters[0], "propose", new ProposeChange { Document = document });
        Wait(() => Approve(proposal, Charter.IdOf(document), voters.Skip(1)), () => proposal.IsOver);
    }

    private void Approve(ClientRequest proposal, Hash256 id, IEnumerable<SimulatedCast.Member> voters)
    {
        if (proposal.Told is not { Receipt.Applied: true })
        {
            IsBusy = false;
            return;
        }

        var approval = new ApproveProposal { ProposalId = ByteString.CopyFrom(id.Span) };
        var approvals = voters.Select(voter => Ask(voter, "approve", approval)).ToList();
        Wait(() => IsBusy = false, () => approvals.TrueForAll(one => one.IsOver));
    }

    private void Wait(Action next, Func<bool> isDone) => network.Time.After(LookUs, () =>
    {
        if (isDone()) next();
        else Wait(next, isDone);
    });

    private ClientRequest Ask(SimulatedCast.Member voter, string method, IMessage arguments)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        BitConverter.TryWriteBytes(unique, random.Next());
        BitConverter.TryWriteBytes(unique[sizeof(ulong)..], random.Next());
        var request = new ClientRequest(
            TransactionBuilder.Sign(ChainId.Parse(SimulatedCast.ChainName), "membership", method, arguments, voter.Officer, new Height(network.Checks.Chain.Height + ulong.Min(Life, network.Cast.Genesis.Parameters.ValidityWindow - 8)), unique), null);
        clients.Pursue(request);
        return request;
    }
}
