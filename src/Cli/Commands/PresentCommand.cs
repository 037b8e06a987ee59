using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Present;
using LicenceChain.Hosting.Files;
using LicenceChain.Sdk.Wallets;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>present</c>.</summary>
internal static class PresentCommand
{
    public static Command Create()
    {
        var licence = new Argument<string>("licence") { Description = "Licence identifier, or its serial where that is enough." };
        var audience = new Option<string>("--audience") { Description = "Organisation code of the relying member, or a region's code for its data bureau: nobody else can use the presentation.", Required = true, HelpName = "CODE" };
        var matter = new Option<string>("--matter") { Description = "Code of the matter.", Required = true, HelpName = "CODE" };
        var attributes = CommonOptions.Attributes("Attributes to show; none shows only that the licence is held.");
        var output = new Option<string>("--out", "-o") { Description = "File to write (PresentationMessage, Protobuf).", Required = true, HelpName = "FILE" };
        var nonce = new Option<string?>("--nonce") { Description = "Nonce that the relying member gave, 16 to 64 bytes in hexadecimal.", HelpName = "HEX" };
        var grant = new Option<string?>("--grant") { Description = "Id of a grant that exists.", HelpName = "HEX" };
        var authorise = new Option<bool>("--authorise") { Description = "Sign a grant for exactly these attributes and have the audience's officer register it." };
        var hours = CommonOptions.Number("--hours", "With --authorise: how long the grant holds, 1 to 8760.", standard: 24, least: 1, most: 8_760);
        var uses = CommonOptions.Number("--uses", "With --authorise: how often it may be used, 1 to 1000.", standard: 1, least: 1, most: 1_000);
        var directory = CommonOptions.Directory();
        var wallet = CommonOptions.Wallet();
        var passphrase = CommonOptions.PassphraseFile();
        var command = new ExampleCommand(
            "present",
            "Present a licence from a wallet: chosen attributes, to one organisation, for one matter 亮证.",
            "licencechain present S000001 --audience 320000 --matter company-registration --attributes name,idNumber --authorise --out shown.bin")
        {
            licence, audience, matter, attributes, output, nonce, grant, authorise, hours, uses, directory, wallet, passphrase,
        };
        command.Run(async (context, cancel) =>
        {
            var network = OpenNetwork.At(context.Value(directory));
            var path = context.Value(wallet) ?? WalletSearch.DefaultPath(network);
            var secret = Passphrase.Read(context.Value(passphrase), network.Root);
            using var book = await WalletBook.OpenAsync(path, secret, cancel);
            var options = new PresentOptions(
                context.Value(licence), context.Value(audience), context.Value(matter), context.Value(attributes), context.Value(nonce), context.Value(grant),
                context.Value(authorise), context.Value(hours), context.Value(uses));
            var result = await new PresentRunner(network, book).RunAsync(options, cancel);
            SecretFile.Write(context.Value(output), result.Presentation.Bytes.Span); // attributes of a person: for the owner's eyes
            if (options.Authorise) await book.SaveAsync(path, secret, cancel);
            var report = new { LicenceId = result.Presentation.Credential.Statement.Licence.Value, File = context.Value(output), Grant = result.Grant?.ToString(), options.Attributes };
            return context.Terminal.Report(ExitCode.Ok, report, console =>
            {
                console.MarkupLineInterpolated($"[green]✓[/] presented 已出示 [bold]{report.LicenceId}[/] in {report.File}");
                if (report.Grant is not null) console.MarkupLineInterpolated($"  grant 授权 {report.Grant}");
            });
        });
        return command;
    }
}
