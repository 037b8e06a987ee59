using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Clients;

/// <summary>Finds licences in a wallet file by identifier, or by serial where that is enough.</summary>
internal static class WalletSearch
{
    /// <summary>The wallet file of the samples' holders, under <c>wallets/</c> of a network directory.</summary>
    public static string DefaultPath(NetworkDirectory directory) => Path.Combine(directory.WalletsPath, Up.SampleHolders.FileName);

    /// <summary>The wallet that holds <paramref name="licence"/> and the credential; throws when none or several do.</summary>
    public static (Wallet Wallet, HeldCredential Held) Find(WalletBook book, string licence)
    {
        var found = book.Wallets.SelectMany(wallet => wallet.Credentials.Select(held => (wallet, held)))
            .Where(one => one.held.Licence.Value == licence || one.held.Licence.Serial == licence).Take(2).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw CommandFailure.BadInput($"'{licence}' is no licence identifier of GB/T 36904, and no wallet of the wallet file holds a licence with that serial."),
            _ => throw CommandFailure.BadInput($"Several licences have the serial '{licence}'. Name the whole identifier."),
        };
    }

    /// <summary>Reads an identifier; a bare serial is looked up among the network's sample holders.</summary>
    public static async Task<LicenceId> ResolveAsync(NetworkDirectory directory, string text, CancellationToken cancel)
    {
        if (LicenceId.Read(text, out var licence) != LicenceIdReading.Invalid) return licence;
        if (!File.Exists(DefaultPath(directory))) throw CommandFailure.BadInput($"'{text}' is no licence identifier of GB/T 36904.");
        using var book = await WalletBook.OpenAsync(DefaultPath(directory), directory.Passphrase, cancel);
        return Find(book, text).Held.Licence;
    }
}
