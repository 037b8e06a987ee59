using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Governance;
using LicenceChain.Protocol.Primitives;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>governance list</c>, <c>show</c>, <c>approve</c>, <c>withdraw</c>; <c>governance propose</c> is <see cref="ProposeCommand"/>.</summary>
internal static class GovernanceCommand
{
    public static Command Create() => new ExampleCommand(
        "governance", "Propose and approve changes of members, keys, validators, nodes, parameters and versions 治理提案与表决.", "licencechain governance list")
    {
        ProposeCommand.Create(), Approve(), Withdraw(), List(), Show(),
    };

    /// <summary>Which bureau acts.</summary>
    public static Option<string?> As() => new("--as") { Description = "Region whose bureau acts; default: the first of the directory that has a seat.", HelpName = "CODE" };

    /// <summary>On a development network one command may vote for everybody.</summary>
    public static Option<bool> All() => new("--all") { Description = "Every bureau of the directory approves until it is adopted: for development networks, where one directory holds everybody's keys." };

    /// <summary>Reads a proposal again and reports it; <paramref name="voting"/>: the set as it was when it was voted on.</summary>
    public static async Task<ExitCode> ReportAsync(
        CommandContext context, Ballot ballot, Hash256 id, Protocol.Proto.ValidatorSetMessage? voting, Node.Configuration.NetworkDirectory directory, CancellationToken cancel)
    {
        var height = (await ballot.Node.GetStatusAsync(cancel)).Height;
        var record = await ballot.ReadAsync(id, cancel);
        if (voting is null && record.Status == Protocol.Proto.ProposalStatus.Open) voting = await ballot.ValidatorsAsync(cancel);
        var report = ProposalReport.Of(id, record, voting, height, directory) with
        {
            Attestations = record.Document.Changes.Any(change => change.ScheduleUpgrade is not null) ? await Attestations.ReadAsync(ballot, directory, cancel) : null,
        };
        return context.Terminal.Report(ExitCode.Ok, report, console => ProposalView.Render(console, context.Terminal, report, withChanges: true));
    }

    private static ExampleCommand Approve()
    {
        var id = Id();
        var member = As();
        var all = All();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand(
            "approve", "Approve a proposal for one bureau: exactly the document whose hash is the id 同意提案.", "licencechain governance approve 3fa2 --as 320000", "licencechain governance approve 3fa2 --all") { id, member, all, directory };
        command.Run((context, cancel) => WithBallotAsync(context.Value(directory), async (network, ballot) =>
        {
            var proposal = await ballot.ResolveAsync(context.Value(id), cancel);
            await ballot.ReadAsync(proposal, cancel); // what is not the document with this id is not approved
            var voting = await ballot.ValidatorsAsync(cancel);
            if (context.Value(all)) await ballot.ApproveAllAsync(proposal, cancel);
            else await ballot.ApproveAsync(await ballot.MemberAsync(context.Value(member), cancel), proposal, cancel);
            return await ReportAsync(context, ballot, proposal, voting, network, cancel);
        }, cancel));
        return command;
    }

    private static ExampleCommand Withdraw()
    {
        var id = Id();
        var member = As();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("withdraw", "Withdraw a proposal, or a bureau's approval of another's 撤回.", "licencechain governance withdraw 3fa2 --as 310000") { id, member, directory };
        command.Run((context, cancel) => WithBallotAsync(context.Value(directory), async (network, ballot) =>
        {
            var proposal = await ballot.ResolveAsync(context.Value(id), cancel);
            await ballot.WithdrawAsync(await ballot.MemberAsync(context.Value(member), cancel), proposal, cancel);
            return await ReportAsync(context, ballot, proposal, null, network, cancel);
        }, cancel));
        return command;
    }

    private static ExampleCommand List()
    {
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("list", "List the validator set, the listed nodes, the open proposals and what members attested 治理状态.", "licencechain governance list --json") { directory };
        command.Run((context, cancel) => WithBallotAsync(context.Value(directory), async (network, ballot) =>
        {
            var set = await ballot.ValidatorsAsync(cancel);
            var height = (await ballot.Node.GetStatusAsync(cancel)).Height;
            var proposals = new List<ProposalReport>();
            foreach (var id in await ballot.OpenAsync(cancel)) proposals.Add(ProposalReport.Of(id, await ballot.ReadAsync(id, cancel), set, height, network));
            var seats = set.Validators.Select(v => new { v.Member, Name = ProposalReport.Name(v.Member, network), KeyId = SeatKey(v) }).ToList();
            var nodes = ((await ballot.Node.GetNodesAsync(cancel))?.Record.Nodes ?? []).Select(n => new { KeyId = Convert.ToHexStringLower(n.KeyId.Span), n.Host, n.Port }).ToList();
            var attestations = await Attestations.ReadAsync(ballot, network, cancel);
            return context.Terminal.Report(ExitCode.Ok, new { Height = height, Validators = seats, Nodes = nodes, Proposals = proposals, Attestations = attestations }, console =>
            {
                console.MarkupLineInterpolated($"Height 高度 {height}: [bold]{seats.Count}[/] validators 验证节点");
                foreach (var seat in seats) context.Terminal.Line($"  {seat.Name}  key {seat.KeyId}");
                if (nodes.Count > 0) console.MarkupLineInterpolated($"{nodes.Count} listed nodes 登记节点");
                foreach (var node in nodes) context.Terminal.Line($"  {node.Host}:{node.Port}  key {node.KeyId}");
                console.MarkupLineInterpolated($"{proposals.Count} open proposals 待表决提案");
                foreach (var proposal in proposals) ProposalView.Render(console, context.Terminal, proposal, withChanges: false);
                if (attestations.Any(one => one.Program.Length > 0)) AttestationView.Render(console, context.Terminal, attestations);
            });
        }, cancel));
        return command;
    }

    private static ExampleCommand Show()
    {
        var id = Id();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("show", "Show a proposal with its changes, and of an upgrade who attested it; the document is checked against the id 查看提案.", "licencechain governance show 3fa2") { id, directory };
        command.Run((context, cancel) => WithBallotAsync(
            context.Value(directory), async (network, ballot) => await ReportAsync(context, ballot, await ballot.ResolveAsync(context.Value(id), cancel), null, network, cancel), cancel));
        return command;
    }

    private static async Task<ExitCode> WithBallotAsync(string path, Func<Node.Configuration.NetworkDirectory, Ballot, Task<ExitCode>> run, CancellationToken cancel)
    {
        var network = OpenNetwork.At(path);
        using var statuses = new NodeStatuses(network);
        using var ballot = await Ballot.OpenAsync(network, statuses, cancel);
        return await run(network, ballot);
    }

    private static Argument<string> Id() => new("id") { Description = "The proposal's id, or the beginning of it while it is open." };

    private static string SeatKey(Protocol.Proto.ValidatorMessage seat) => Protocol.Cryptography.Sm2PublicKey.TryParse(seat.PublicKey.Span, out var key) ? key.Id.ToString() : "";
}
