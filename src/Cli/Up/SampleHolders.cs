using LicenceChain.Node.Configuration;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Up;

/// <summary>The wallets of the samples' holders: one file under the network directory, as if each had an app.</summary>
internal static class SampleHolders
{
    /// <summary>File name under <c>wallets/</c>.</summary>
    public const string FileName = "holders.wallet";

    public static string PathIn(NetworkDirectory directory) => Path.Combine(directory.WalletsPath, FileName);

    /// <summary>Opens the file, or begins with no wallets where there is none yet.</summary>
    public static async Task<WalletBook> OpenAsync(NetworkDirectory directory, CancellationToken cancel)
    {
        var path = PathIn(directory);
        return File.Exists(path) ? await WalletBook.OpenAsync(path, directory.Passphrase, cancel) : new WalletBook();
    }
}
