using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Sdk.Wallets;

/// <summary>The wallets of one file: usually one; a family's, or the sample holders', more. Not safe for concurrent changes.</summary>
public sealed class WalletBook : IDisposable
{
    /// <summary>Most wallets of a file.</summary>
    public const int MaxWallets = 100_000;

    private readonly SortedDictionary<string, Wallet> _wallets = new(StringComparer.Ordinal);

    /// <summary>Ascending by name.</summary>
    public IReadOnlyCollection<Wallet> Wallets => _wallets.Values;

    /// <summary>Opens a file.</summary>
    /// <exception cref="LicenceChainException"><see cref="SdkCodes.WalletUnreadable"/> or <see cref="SdkCodes.WalletLocked"/>.</exception>
    public static Task<WalletBook> OpenAsync(string path, string passphrase, CancellationToken cancellation = default) => WalletFile.OpenAsync(path, passphrase, cancellation);

    /// <summary>Writes the file anew, readable by its owner only: whole or not at all.</summary>
    public Task SaveAsync(string path, string passphrase, CancellationToken cancellation = default) => WalletFile.SaveAsync(this, path, passphrase, cancellation);

    /// <summary>The wallet of that name, made where there is none.</summary>
    public Wallet GetOrCreate(string name)
    {
        if (_wallets.TryGetValue(name, out var known)) return known;
        if (_wallets.Count >= MaxWallets) throw new InvalidOperationException($"A file holds at most {MaxWallets} wallets.");
        var wallet = Wallet.Create(name);
        _wallets.Add(name, wallet);
        return wallet;
    }

    /// <summary>The wallet of that name; false when there is none.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Wallet? wallet) => _wallets.TryGetValue(name, out wallet);

    /// <summary>Erases every key from memory.</summary>
    public void Dispose()
    {
        foreach (var wallet in _wallets.Values) wallet.Dispose();
    }

    internal void Put(Wallet wallet) => _wallets.Add(wallet.Name, wallet);
}
