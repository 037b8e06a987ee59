using LicenceChain.Cli.Clients;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Verify;

/// <summary>Asks a Verifier about a presentation or a licence.</summary>
internal sealed class VerifyRunner(NetworkDirectory directory)
{
    public async Task<VerificationReply> RunAsync(VerifyOptions options, CancellationToken cancel)
    {
        var presentation = File.Exists(options.Subject) ? VerifyFiles.ReadPresentation(options.Subject) : null;
        if (presentation is null && VerifyFiles.IsPath(options.Subject)) throw CommandFailure.BadInput($"There is no file '{options.Subject}'. Make a presentation with 'licencechain present', or name a licence.");
        var licence = presentation?.Credential.Statement.Licence ?? await WalletSearch.ResolveAsync(directory, options.Subject, cancel);
        var region = Region(options.Region, presentation);
        var body = new VerificationBody
        {
            Presentation = presentation is null ? null : Convert.ToBase64String(presentation.Bytes.Span),
            LicenceId = licence.Value,
            Requester = options.Requester ?? presentation?.Statement.Audience.Value ?? region.Bureau.Value,
            Officer = options.Officer,
            Matter = options.Matter ?? presentation?.Statement.Matter ?? throw CommandFailure.BadInput("Name the matter with --matter: a licence identifier alone says nothing about it."),
            Attributes = options.Attributes.Count > 0 || presentation is null ? options.Attributes : VerifyFiles.ShownNames(presentation),
            GrantId = options.Grant,
            Nonce = options.Nonce,
        };
        using var clients = new NetworkClients(directory);
        return await clients.Verifier(region.Code).VerifyAsync(body, cancel);
    }

    private NetworkRegion Region(string? code, Presentation? presentation)
    {
        if (code is null) return directory.Regions.FirstOrDefault(region => region.Bureau == presentation?.Statement.Audience) ?? directory.Regions[0];
        return directory.Regions.FirstOrDefault(region => region.Code.Value == code)
            ?? throw CommandFailure.BadInput($"--region '{code}' is none of this network's: {string.Join(", ", directory.Regions.Select(region => region.Code))}.");
    }
}
