using System.Globalization;
using Google.Protobuf;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.Cli.Governance;

/// <summary>Proposes and votes in the name of the bureaus whose officers' keys the directory holds, through a node that answers.</summary>
internal sealed class Ballot : IDisposable
{
    private readonly NetworkDirectory _directory;
    private readonly Officers _officers;
    private readonly Submitter _submitter;

    private Ballot(NetworkDirectory directory, LicenceChainClient node)
    {
        _directory = directory;
        _officers = new Officers(directory);
        Node = node;
        _submitter = new Submitter(node);
    }

    /// <summary>The node that is asked.</summary>
    public LicenceChainClient Node { get; }

    /// <summary>Opens one through the first node of the directory that answers.</summary>
    public static async Task<Ballot> OpenAsync(NetworkDirectory directory, NodeStatuses statuses, CancellationToken cancel)
    {
        foreach (var region in directory.Regions)
            if (await statuses.AskAsync(region, cancel) is not null)
                return new Ballot(directory, statuses.Client(region));
        throw new CommandFailure(ExitCode.NotReachable, $"No node of the network in {directory.Root} answers. Is it running?");
    }

    /// <summary>The set that decides the next height.</summary>
    public async Task<ValidatorSetMessage> ValidatorsAsync(CancellationToken cancel) => (await Node.GetValidatorsAsync(cancel)).Record;

    /// <summary>The member that votes for a region: <paramref name="region"/>'s bureau, or the first with a seat.</summary>
    public async Task<OrganisationCode> MemberAsync(string? region, CancellationToken cancel)
    {
        if (region is not null) return _directory.Region(Region(region)).Bureau;
        var set = await ValidatorsAsync(cancel);
        return _directory.Regions.FirstOrDefault(r => set.Validators.Any(v => v.Member == r.Bureau.Value))?.Bureau
            ?? throw CommandFailure.BadInput("No bureau of this directory has a seat in the validator set.");
    }

    /// <summary>Proposes; the proposal's id.</summary>
    public async Task<Hash256> ProposeAsync(OrganisationCode member, string title, ulong life, IEnumerable<GovernanceChange> changes, CancellationToken cancel)
    {
        var height = (await Node.GetStatusAsync(cancel)).Height;
        var document = new ProposalDocument { Title = title, ExpiresHeight = height + life, Changes = { changes } };
        await SubmitAsync(member, "propose", new ProposeChange { Document = document }, cancel);
        return Sm3.Hash(document.ToByteArray());
    }

    /// <summary>Approves what was read: the id is the hash of the document.</summary>
    public Task ApproveAsync(OrganisationCode member, Hash256 id, CancellationToken cancel) => SubmitAsync(member, "approve", new ApproveProposal { ProposalId = Bytes(id) }, cancel);

    /// <summary>Every bureau of the directory that has a seat and has not approved approves, until it is adopted.</summary>
    public async Task ApproveAllAsync(Hash256 id, CancellationToken cancel)
    {
        foreach (var region in _directory.Regions)
        {
            var set = await ValidatorsAsync(cancel);
            var record = await ReadAsync(id, cancel);
            if (record.Status != ProposalStatus.Open) return;
            if (record.Approvals.Contains(region.Bureau.Value) || set.Validators.All(v => v.Member != region.Bureau.Value)) continue;
            await ApproveAsync(region.Bureau, id, cancel);
        }
    }

    /// <summary>Withdraws the proposal, or the approval.</summary>
    public Task WithdrawAsync(OrganisationCode member, Hash256 id, CancellationToken cancel) => SubmitAsync(member, "withdraw", new WithdrawProposal { ProposalId = Bytes(id) }, cancel);

    /// <summary>The record; its document is checked against the id, so that nobody approves what a node made up.</summary>
    public async Task<ProposalRecord> ReadAsync(Hash256 id, CancellationToken cancel)
    {
        var record = (await Node.GetProposalAsync(id, cancel))?.Record ?? throw CommandFailure.BadInput($"No proposal has the id {id}.");
        return Sm3.Hash(record.Document.ToByteArray()) == id ? record : throw new CommandFailure(ExitCode.Refused, "The node's answer is not the document with this id.");
    }

    /// <summary>Proposals that are open at the head, oldest first.</summary>
    public async Task<IReadOnlyList<Hash256>> OpenAsync(CancellationToken cancel)
    {
        if (await Node.GetOpenProposalsAsync(cancel) is not { } open) return [];
        return [.. open.Record.Proposals.Where(p => p.ExpiresHeight >= open.Height.Value).Select(p => Hash256.From(p.Id.Span))];
    }

    /// <summary>An id in full, or the beginning of one that is open.</summary>
    public async Task<Hash256> ResolveAsync(string text, CancellationToken cancel)
    {
        if (Hash256.TryParse(text, out var id)) return id;
        var found = (await OpenAsync(cancel)).Where(one => one.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return text.Length > 0 && found.Count == 1 ? found[0] : throw CommandFailure.BadInput($"'{text}' is neither a proposal's id nor the beginning of exactly one that is open.");
    }

    public void Dispose()
    {
        _submitter.Dispose();
        _officers.Dispose();
    }

    /// <summary>Reads a region's code.</summary>
    public static RegionCode Region(string text) =>
        RegionCode.TryParse(text, out var code) ? code : throw CommandFailure.BadInput(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no region code of GB/T 2260."));

    private Task<Committed> SubmitAsync(OrganisationCode member, string method, IMessage arguments, CancellationToken cancel)
    {
        var factory = new TransactionFactory(_directory.Chain, _officers.Key(member, OfficerRoles.Govern));
        return _submitter.SubmitAsync(until => factory.Sign("membership", method, arguments, until), cancel);
    }

    private static ByteString Bytes(Hash256 id) => ByteString.CopyFrom(id.Span);
}
