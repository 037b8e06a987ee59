using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Identifiers;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>token</c>.</summary>
internal static class TokenCommand
{
    private const int DefaultHours = 8;

    public static Command Create()
    {
        var roles = new Option<string[]>("--role", "-r") { Description = $"Role, repeatable: {string.Join(", ", NetworkClients.AllRoles)}.", Required = true, HelpName = "ROLE" };
        roles.AcceptOnlyFromAmong([.. NetworkClients.AllRoles]);
        var member = new Option<string?>("--member", "-m") { Description = "Organisation code; default: the first region's data bureau.", HelpName = "CODE" };
        var subject = new Option<string>("--subject") { Description = "Officer or service number, never a name.", DefaultValueFactory = _ => "officer-001", HelpName = "NUMBER" };
        var hours = CommonOptions.Number("--hours", "Life of the token, 1 to 24.", DefaultHours, least: 1, most: (int)TokenAuthority.MaxLifetime.TotalHours);
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand(
            "token",
            "Issue a bearer token of a development network's own authority, for the REST, gRPC and Verifier APIs 签发令牌.",
            "licencechain token --role auditor",
            "curl -H \"Authorization: Bearer $(licencechain token --role verifier)\" http://127.0.0.1:7101/v1/status") { roles, member, subject, hours, directory };
        command.Run((context, cancel) =>
        {
            var network = OpenNetwork.At(context.Value(directory));
            var organisation = context.Value(member) ?? network.Regions[0].Bureau.Value;
            if (!OrganisationCode.TryParse(organisation, out _)) throw CommandFailure.BadInput($"'{organisation}' is no organisation code of GB 32100.");
            using var authority = TokenAuthority.OpenOrCreate(network.TokenKeyPath, TimeProvider.System);
            var claims = new TokenClaims(context.Value(subject), organisation, context.Value(roles));
            var token = authority.Issue(claims, TimeSpan.FromHours(context.Value(hours)));
            return Task.FromResult(context.Terminal.Report(ExitCode.Ok, new { Token = token, claims.Subject, claims.Member, claims.Roles, Hours = context.Value(hours) }, _ => context.Terminal.Line(token)));
        });
        return command;
    }
}
