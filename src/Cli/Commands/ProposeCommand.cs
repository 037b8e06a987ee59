using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Governance;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>governance propose</c> and its kinds.</summary>
internal static class ProposeCommand
{
    // Some days of a chain that makes a block a second; the chain takes at most 2,000,000.
    private const int DefaultLife = 500_000;
    private const int MaxLife = 2_000_000;

    private delegate Task<IReadOnlyList<GovernanceChange>> Make(CommandContext context, NetworkDirectory network, SeatChanges seats, Ballot ballot, CancellationToken cancel);

    public static Command Create() => new ExampleCommand(
        "propose", "Propose a change; it takes effect once more than two thirds of the validators' members approved it 提案.", "licencechain governance propose add-validator --region 350000")
    {
        FromFile(), AddValidator(), RemoveValidator(), RotateKey(), LinkCertificate(), RemoveNode(), AllowVoting(), Parameters(), Upgrade(), CancelUpgrade(), KeyStatus(), RenewKey(), MemberStatus(),
    };

    private static ExampleCommand FromFile()
    {
        var file = new Argument<string>("file") { Description = "JSON of a title and changes, as 'network add-node' writes it (membership.proto: ProposalDocument)." };
        return Kind("file", "Propose the changes of a file 按文件提案.", "licencechain governance propose file .licencechain/nodes/350000/admission.json --all", "A change from a file", [file],
            (context, _, _, _, _) => Task.FromResult<IReadOnlyList<GovernanceChange>>([.. Read(context.Value(file)).Changes]), context => Read(context.Value(file)).Title);
    }

    private static ExampleCommand AddValidator()
    {
        var region = Region("whose node gets a seat");
        return Kind("add-validator", "Give a region's node a seat: first it must follow the chain as an observer, at the head 增加验证节点.", "licencechain governance propose add-validator --region 350000 --all", "Add a validator 增加验证节点", [region],
            (context, network, seats, _, cancel) => seats.AddAsync(At(network, context.Value(region)), cancel));
    }

    private static ExampleCommand RemoveValidator()
    {
        var region = Region("whose node loses its seat");
        return Kind("remove-validator", "Take a region's seat; refused where too few validators would be left online 移除验证节点.", "licencechain governance propose remove-validator --region 340000 --all", "Remove a validator 移除验证节点", [region],
            (context, network, seats, _, cancel) => seats.RemoveAsync(At(network, context.Value(region)), cancel));
    }

    private static ExampleCommand RotateKey()
    {
        var region = Region("whose validator gets a new key");
        var label = new Option<string>("--label") { Description = "Label of the new key in the node's keystore: consensus- and a suffix.", Required = true, HelpName = "LABEL" };
        return Kind("rotate-key", "Replace the consensus key of a validator by another key of its node's keystore 更换共识密钥.", "licencechain governance propose rotate-key --region 310000 --label consensus-2 --all", "Replace a consensus key 更换共识密钥", [region, label],
            (context, network, seats, _, cancel) => seats.RotateAsync(At(network, context.Value(region)), context.Value(label), cancel));
    }

    private static ExampleCommand LinkCertificate()
    {
        var region = Region("whose node gets the link certificate that 'keys link-certificate' made");
        return Kind("link-certificate", "Pin the next link certificate of a region's node; with the block that adopts it the others take no other 更换链路证书.", "licencechain governance propose link-certificate --region 310000 --all", "Replace a link certificate 更换链路证书", [region],
            (context, network, _, ballot, cancel) => LinkCertificateChange.OfAsync(network, At(network, context.Value(region)), ballot, cancel));
    }

    private static ExampleCommand RemoveNode()
    {
        var key = new Option<string>("--key") { Description = "Id of the node's key, as 'governance list' shows it.", Required = true, HelpName = "HEX" };
        return Kind("remove-node", "Strike a node from the list: the others close their links with it 移除节点登记.", "licencechain governance propose remove-node --key 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef --all", "Remove a node 移除节点登记", [key],
            (context, _, _, _, _) => One(new GovernanceChange { RemoveNode = new RemoveNode { KeyId = Id(context.Value(key)) } }));
    }

    private static ExampleCommand AllowVoting()
    {
        var region = new Option<string?>("--region") { Description = "Region whose validator lost its vote log: its keystore's entry 'consensus'.", HelpName = "CODE" };
        var key = new Option<string?>("--key") { Description = "Or the id of the key that has the seat, as 'why' and 'governance list' show it.", HelpName = "HEX" };
        var from = new Option<ulong>("--from-height") { Description = "First height at which it may vote; at the earliest two above the block that adopts it.", DefaultValueFactory = _ => 0, HelpName = "N" };
        return Kind("allow-voting", "Let a validator vote again whose vote log was lost (C-RESTART); it must have followed the chain since 允许恢复投票.", "licencechain governance propose allow-voting --region 340000 --all", "Let a validator vote again 允许恢复投票", [region, key, from],
            (context, network, seats, _, _) =>
            {
                var id = (context.Value(key), context.Value(region)) switch
                {
                    ({ } hex, null) => Id(hex),
                    (null, { } code) => ByteString.CopyFrom(seats.Key(At(network, code), NetworkRegion.ConsensusLabel).Id.Value.Span),
                    _ => throw CommandFailure.BadInput("Name the validator by --region or by --key."),
                };
                return One(new GovernanceChange { AllowVoting = new AllowVoting { KeyId = id, FromHeight = context.Value(from) } });
            });
    }

    private static ExampleCommand Parameters()
    {
        var set = new Option<string[]>("--set") { Description = "name=value, repeatable, for example heartbeat_ms=30000; the others stay.", Required = true, HelpName = "NAME=VALUE" };
        return Kind("parameters", "Change the chain's parameters 修改链参数.", "licencechain governance propose parameters --set heartbeat_ms=30000 --set round_timeout_ms=3000", "Change parameters 修改链参数", [set],
            async (context, _, _, ballot, cancel) => [new GovernanceChange { SetParameters = Change((await ballot.Node.GetParametersAsync(cancel)).Record, context.Value(set)) }]);
    }

    private static ExampleCommand Upgrade()
    {
        var version = new Option<uint>("--version") { Description = "Version of the protocol.", Required = true, HelpName = "N" };
        var at = new Option<ulong>("--at") { Description = "First height decided under it; 50 to 10,000,000 above the block that adopts it.", Required = true, HelpName = "HEIGHT" };
        return Kind("upgrade", "Schedule a version of the protocol 计划升级.", "licencechain governance propose upgrade --version 2 --at 500000", "Upgrade 升级", [version, at],
            (context, _, _, _, _) => One(new GovernanceChange { ScheduleUpgrade = new ScheduleUpgrade { Version = context.Value(version), ActivationHeight = context.Value(at) } }));
    }

    private static ExampleCommand CancelUpgrade()
    {
        var version = new Option<uint>("--version") { Description = "The version that is scheduled.", Required = true, HelpName = "N" };
        return Kind("cancel-upgrade", "Cancel the upgrade that is scheduled 取消升级.", "licencechain governance propose cancel-upgrade --version 2", "Cancel an upgrade 取消升级", [version],
            (context, _, _, _, _) => One(new GovernanceChange { CancelUpgrade = new CancelUpgrade { Version = context.Value(version) } }));
    }

    private static ExampleCommand KeyStatus()
    {
        var key = new Option<string>("--key") { Description = "Key id.", Required = true, HelpName = "HEX" };
        var status = Status();
        return Kind("key-status", "Suspend, remove (for good) or reactivate a key 密钥状态.", "licencechain governance propose key-status --key 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef --status suspended", "Change a key's status 密钥状态", [key, status],
            async (context, _, _, ballot, cancel) => [new GovernanceChange { PutKey = new KeyRecord(await KeyAsync(ballot, context.Value(key), cancel)) { Status = Parse(context.Value(status)) } }]);
    }

    private static ExampleCommand RenewKey()
    {
        var key = new Option<string[]>("--key") { Description = "Key id, repeatable, as 'why' names those that expire.", Required = true, HelpName = "HEX" };
        var until = new Option<string>("--until") { Description = "When they expire then: yyyy-MM-dd, midnight UTC.", Required = true, HelpName = "DATE" };
        return Kind("renew-key", "Let keys be valid for longer. Governing keys that have expired may vote on this, and on nothing else, from protocol version 2 on 密钥延期.", "licencechain governance propose renew-key --key 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef --until 2031-06-30", "Renew keys 密钥延期", [key, until],
            async (context, _, _, ballot, cancel) =>
            {
                if (!DateTimeOffset.TryParseExact(context.Value(until), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
                    throw CommandFailure.BadInput($"'{context.Value(until)}' is no date such as 2031-06-30.");
                var changes = new List<GovernanceChange>();
                foreach (var hex in context.Value(key)) changes.Add(new GovernanceChange { PutKey = new KeyRecord(await KeyAsync(ballot, hex, cancel)) { ExpiresMs = (ulong)long.Max(0, expires.ToUnixTimeMilliseconds()) } });
                return changes;
            });
    }

    private static ExampleCommand MemberStatus()
    {
        var member = new Option<string>("--member") { Description = "Organisation code.", Required = true, HelpName = "CODE" };
        var status = Status();
        return Kind("member-status", "Suspend, remove or reactivate a member; one with a seat loses that first 成员状态.", "licencechain governance propose member-status --member 113100001410070K7R --status suspended", "Change a member's status 成员状态", [member, status],
            async (context, _, _, ballot, cancel) =>
            {
                if (!Protocol.Identifiers.OrganisationCode.TryParse(context.Value(member), out var code)) throw CommandFailure.BadInput($"'{context.Value(member)}' is no organisation code of GB 32100.");
                var record = (await ballot.Node.GetMemberAsync(code, cancel))?.Record ?? throw CommandFailure.BadInput($"The chain knows no member {code}.");
                return [new GovernanceChange { PutMember = new MemberRecord(record) { Status = Parse(context.Value(status)) } }];
            });
    }

    private static ExampleCommand Kind(string name, string description, string example, string standardTitle, IReadOnlyList<Symbol> own, Make make, Func<CommandContext, string>? titleOf = null)
    {
        var title = new Option<string?>("--title") { Description = "What people read; 1 to 200 characters.", HelpName = "TEXT" };
        var life = CommonOptions.Number("--life", "Heights for which it may be approved, 1 to 2000000.", DefaultLife, least: 1, most: MaxLife);
        var (member, all, force, directory) = (GovernanceCommand.As(), GovernanceCommand.All(), new Option<bool>("--force") { Description = "Propose it though the nodes' answers speak against it." }, CommonOptions.Directory());
        var command = new ExampleCommand(name, description, example) { title, life, member, all, force, directory };
        foreach (var symbol in own)
        {
            if (symbol is Option option) command.Options.Add(option);
            else command.Arguments.Add((Argument)symbol);
        }

        command.Run(async (context, cancel) =>
        {
            var network = OpenNetwork.At(context.Value(directory));
            using var statuses = new NodeStatuses(network);
            using var ballot = await Ballot.OpenAsync(network, statuses, cancel);
            var seats = new SeatChanges(network, statuses, ballot, context.Value(force), warning => context.Terminal.Console.MarkupLineInterpolated($"[yellow]![/] {warning}"));
            var changes = await make(context, network, seats, ballot, cancel);
            var voting = await ballot.ValidatorsAsync(cancel);
            var proposer = await ballot.MemberAsync(context.Value(member), cancel);
            var id = await ballot.ProposeAsync(proposer, context.Value(title) ?? titleOf?.Invoke(context) ?? standardTitle, (ulong)context.Value(life), changes, cancel);
            if (context.Value(all)) await ballot.ApproveAllAsync(id, cancel);
            return await GovernanceCommand.ReportAsync(context, ballot, id, voting, network, cancel);
        });
        return command;
    }

    private static Option<string> Region(string what) => new("--region") { Description = $"Region {what}.", Required = true, HelpName = "CODE" };

    private static Option<string> Status()
    {
        var status = new Option<string>("--status") { Description = "active, suspended or removed.", Required = true, HelpName = "STATUS" };
        status.AcceptOnlyFromAmong("active", "suspended", "removed");
        return status;
    }

    private static StandingStatus Parse(string status) => status switch { "active" => StandingStatus.Active, "suspended" => StandingStatus.Suspended, _ => StandingStatus.Removed };

    private static NetworkRegion At(NetworkDirectory network, string region) => network.Region(Ballot.Region(region));

    private static ByteString Id(string hex) =>
        Hash256.TryParse(hex, out var id) && !id.IsZero ? ByteString.CopyFrom(id.Span) : throw CommandFailure.BadInput($"'{hex}' is no key id of 64 hexadecimal digits.");

    private static async Task<KeyRecord> KeyAsync(Ballot ballot, string hex, CancellationToken cancel)
    {
        var id = KeyId.TryFrom(Id(hex).Span, out var read) ? read : default;
        return (await ballot.Node.GetKeyAsync(id, cancel))?.Record ?? throw CommandFailure.BadInput($"The chain knows no key {id}.");
    }

    private static Task<IReadOnlyList<GovernanceChange>> One(GovernanceChange change) => Task.FromResult<IReadOnlyList<GovernanceChange>>([change]);

    private static ProposalDocument Read(string path)
    {
        try
        {
            return JsonParser.Default.Parse<ProposalDocument>(File.ReadAllText(path));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw CommandFailure.BadInput($"'{path}' is no JSON of a title and changes (ProposalDocument): {e.Message}");
        }
    }

    private static ParametersRecord Change(ParametersRecord present, string[] settings)
    {
        var record = present.Clone();
        foreach (var setting in settings)
        {
            if (setting.Split('=') is not [var name, var text] || ParametersRecord.Descriptor.FindFieldByName(name) is not { } field || !uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                throw CommandFailure.BadInput($"'{setting}' is no name=value; the names are {string.Join(", ", ParametersRecord.Descriptor.Fields.InDeclarationOrder().Select(f => f.Name))}.");
            field.Accessor.SetValue(record, value);
        }

        return record;
    }
}
