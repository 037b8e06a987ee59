using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Verify;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Verification;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Commands;

/// <summary><c>verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var online = new OnlineOptions();
        var offline = new OfflineOptions();
        var subject = new Argument<string>("subject") { Description = "A presentation file, a licence identifier or serial; with --offline a presentation (and --proof) or an exported bundle." };
        var command = new ExampleCommand(
            "verify",
            "Verify a licence through a Verifier, or offline with an anchor and a proof 核验.",
            "licencechain verify shown.bin --export bundle.bin",
            "licencechain verify bundle.bin --offline --anchor .licencechain/anchor.json",
            "licencechain verify S000001 --region 320000 --matter company-registration --attributes name") { subject };
        online.AddTo(command);
        offline.AddTo(command);
        command.Run((context, cancel) => context.Value(offline.Offline)
            ? Task.FromResult(VerifyView.Report(context.Terminal, OfflineRunner.Run(
                context.Value(subject),
                context.Value(offline.Proof),
                context.Value(offline.Anchor) ?? Path.Combine(context.Value(online.Directory), "anchor.json"),
                TimeSpan.FromMinutes(context.Value(offline.MaxAge)))))
            : OnlineAsync(context, context.Value(subject), online, cancel));
        return command;
    }

    private static async Task<ExitCode> OnlineAsync(CommandContext context, string subject, OnlineOptions online, CancellationToken cancel)
    {
        var options = new VerifyOptions(
            subject, context.Value(online.Region), context.Value(online.Requester), context.Value(online.Officer), context.Value(online.Matter),
            context.Value(online.Attributes), context.Value(online.Grant), context.Value(online.Nonce));
        var reply = await new VerifyRunner(OpenNetwork.At(context.Value(online.Directory))).RunAsync(options, cancel);
        var (binary, json) = (context.Value(online.Export), context.Value(online.ExportJson));
        if (binary is not null || json is not null) VerifyFiles.WriteBundle(Bundle(reply), binary, json);
        return VerifyView.Report(context.Terminal, reply);
    }

    private static VerificationBundle Bundle(VerificationReply reply) =>
        reply.Bundle is { } text && CanonicalProto.TryParse(VerificationBundle.Parser, Convert.FromBase64String(text), ProtocolLimits.MaxMessageBytes, out var bundle)
            ? bundle
            : throw CommandFailure.BadInput($"There is no bundle to export: it takes a presentation and a chain proof. The decision was {reply.Decision.Outcome} {reply.Decision.Code}.");

    private sealed class OnlineOptions
    {
        public Option<string?> Region { get; } = new("--region") { Description = "Region whose Verifier is asked; default: the presentation's audience's.", HelpName = "CODE" };

        public Option<string?> Requester { get; } = new("--requester") { Description = "Organisation that asks; default: the presentation's audience, else the Verifier's own.", HelpName = "CODE" };

        public Option<string> Officer { get; } = new("--officer") { Description = "Officer number, for the access logs; never a name.", DefaultValueFactory = _ => "officer-001", HelpName = "NUMBER" };

        public Option<string?> Matter { get; } = new("--matter") { Description = "Code of the matter; default: the presentation's.", HelpName = "CODE" };

        public Option<string[]> Attributes { get; } = CommonOptions.Attributes("Attributes asked for; default: those that the presentation shows.");

        public Option<string?> Grant { get; } = new("--grant") { Description = "Id of the holder's grant; default: the one that the presentation names.", HelpName = "HEX" };

        public Option<string?> Nonce { get; } = new("--nonce") { Description = "Nonce that was given to the holder.", HelpName = "HEX" };

        public Option<string?> Export { get; } = new("--export") { Description = "Write a VerificationBundle (Protobuf): all that an outsider needs to verify again.", HelpName = "FILE" };

        public Option<string?> ExportJson { get; } = new("--export-json") { Description = "The same as JSON.", HelpName = "FILE" };

        public Option<string> Directory { get; } = CommonOptions.Directory();

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { Region, Requester, Officer, Matter, Attributes, Grant, Nonce, Export, ExportJson, Directory }) command.Options.Add(option);
        }
    }

    private sealed class OfflineOptions
    {
        public Option<bool> Offline { get; } = new("--offline") { Description = "Ask no server." };

        public Option<string?> Anchor { get; } = new("--anchor") { Description = "With --offline: the trust anchor; default: anchor.json in the network directory.", HelpName = "FILE" };

        public Option<string?> Proof { get; } = new("--proof") { Description = "With --offline and a presentation: the chain's proof (LicenceProofMessage, Protobuf).", HelpName = "FILE" };

        public Option<int> MaxAge { get; } =
            CommonOptions.Number("--max-age", "With --offline: oldest proof taken, in minutes.", standard: 10, least: 1, most: 5_256_000);

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { Offline, Anchor, Proof, MaxAge }) command.Options.Add(option);
        }
    }
}
