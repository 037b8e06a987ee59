using Google.Protobuf;
using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>The list of proposals that may still be approved: one record, bounded.</summary>
internal static class OpenProposals
{
    /// <summary>Most open proposals of one member: a change of its own, one of the network's, and two to spare.</summary>
    public const int MaxPerMember = 4;

    /// <summary>Most open proposals of all: four of each of 100 validators; some 25 KB.</summary>
    public const int MaxInAll = 400;

    /// <summary>Adds one and drops those that have expired.</summary>
    public static Refusal? Add(Call call, Hash256 id, string proposer, ulong expires)
    {
        var record = Read(call);
        for (var i = record.Proposals.Count - 1; i >= 0; i--)
            if (record.Proposals[i].ExpiresHeight < call.Height.Value)
                record.Proposals.RemoveAt(i);
        if (record.Proposals.Count(one => one.Proposer == proposer) >= MaxPerMember)
            return new Refusal(MembershipCodes.TooManyProposals, $"{proposer} has {MaxPerMember} open proposals: withdraw one, or wait until one expires.");
        if (record.Proposals.Count >= MaxInAll) return new Refusal(MembershipCodes.TooManyProposals, $"{MaxInAll} proposals are open.");
        record.Proposals.Add(new OpenProposal { Id = ByteString.CopyFrom(id.Span), Proposer = proposer, ExpiresHeight = expires });
        call.Put(StateKeys.OpenProposals, record);
        return null;
    }

    /// <summary>Takes one out that was adopted or withdrawn.</summary>
    public static void Remove(Call call, Hash256 id)
    {
        var record = Read(call);
        for (var i = record.Proposals.Count - 1; i >= 0; i--)
            if (record.Proposals[i].Id.Span.SequenceEqual(id.Span))
                record.Proposals.RemoveAt(i);
        call.Put(StateKeys.OpenProposals, record);
    }

    private static OpenProposalsRecord Read(Call call) => call.Find(StateKeys.OpenProposals, OpenProposalsRecord.Parser)?.Clone() ?? new OpenProposalsRecord();
}
