using Google.Protobuf;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Present;

/// <summary>Makes a presentation from a wallet, and on request the holder's grant for exactly what is shown.</summary>
internal sealed class PresentRunner(NetworkDirectory directory, WalletBook book)
{
    // The grant holds from a little before the block at hand, so that no clock's lead matters.
    private const ulong Lead = 60_000;
    private const ulong Hour = 3_600_000;

    private static readonly (int Least, int Most) NonceBytes = (PresentationFields.MinNonceSize, PresentationFields.MaxNonceSize);

    public async Task<PresentResult> RunAsync(PresentOptions options, CancellationToken cancel)
    {
        // 1. What is presented, from whose wallet.
        var (wallet, held) = WalletSearch.Find(book, options.Licence);
        var audience = ReadAudience(options.Audience);
        if (options.Attributes.FirstOrDefault(name => !held.Attributes.Names.Contains(name)) is { } unknown)
            throw CommandFailure.BadInput($"The licence has no attribute '{unknown}'. It has: {string.Join(", ", held.Attributes.Names)}.");
        var nonce = ReadNonce(options.Nonce);

        // 2. Under which grant.
        var grant = options.Authorise ? await AuthoriseAsync(wallet, held, audience, options, cancel) : ReadGrant(options.Grant);

        // 3. The holder's signature.
        var terms = new PresentationTerms(held.Licence, audience, options.Matter, [.. options.Attributes], Now()) { Nonce = nonce, Grant = grant };
        return new PresentResult(wallet.Present(terms), grant);
    }

    private async Task<GrantId> AuthoriseAsync(Wallet wallet, HeldCredential held, OrganisationCode audience, PresentOptions options, CancellationToken cancel)
    {
        if (options.Attributes.Count == 0) throw CommandFailure.BadInput("--authorise needs --attributes: a grant names what may be seen.");
        var relay = directory.Regions.FirstOrDefault(region => region.Bureau == audience)
            ?? throw CommandFailure.BadInput($"--authorise has the audience's own officer relay the grant, and {audience} is no data bureau of this network. Its bureaus: {string.Join(", ", directory.Regions.Select(region => region.Bureau))}.");
        var now = Now();
        var signed = wallet.Grant(directory.Chain, new GrantTerms(
            audience, [new GrantedLicence(held.Licence, [.. options.Attributes])], options.Matter, "", new UnixTime(now.Milliseconds - Lead), now.Plus((ulong)options.Hours * Hour), (uint)options.Uses));
        using var clients = new NetworkClients(directory);
        using var officers = new Officers(directory);
        var factory = new TransactionFactory(directory.Chain, officers.Key(audience, OfficerRoles.Verify));
        using var submitter = new Submitter(clients.Node(relay.Code));
        await submitter.SubmitAsync(until => factory.RegisterGrant(signed.Argument, until), cancel);
        return signed.Id;
    }

    private OrganisationCode ReadAudience(string text)
    {
        if (OrganisationCode.TryParse(text, out var audience)) return audience;
        return directory.Regions.FirstOrDefault(region => region.Code.Value == text)?.Bureau
            ?? throw CommandFailure.BadInput($"--audience '{text}' is neither an organisation code of GB 32100 nor a region of this network.");
    }

    private static ByteString ReadNonce(string? text)
    {
        if (text is null) return ByteString.Empty;
        return text.Length % 2 == 0 && text.Length / 2 >= NonceBytes.Least && text.Length / 2 <= NonceBytes.Most && text.All(char.IsAsciiHexDigit)
            ? ByteString.CopyFrom(Convert.FromHexString(text))
            : throw CommandFailure.BadInput($"--nonce must be {NonceBytes.Least} to {NonceBytes.Most} bytes in hexadecimal.");
    }

    private static GrantId? ReadGrant(string? text)
    {
        if (text is null) return null;
        return text.Length == 2 * Hash256.Size && text.All(char.IsAsciiHexDigit) && GrantId.TryFrom(Convert.FromHexString(text), out var grant)
            ? grant
            : throw CommandFailure.BadInput("--grant must be 64 hexadecimal digits.");
    }

    private static UnixTime Now() => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
}
