using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Sdk.Tests.Wallets;

public sealed class WalletFileTests : IDisposable
{
    private const string Passphrase = "a passphrase of a holder";

    private readonly string _folder = Directory.CreateTempSubdirectory("licencechain-wallet-").FullName;
    private readonly Issued _issued = new();

    private string File => Path.Combine(_folder, "wallet");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_wallet_comes_back_from_its_file_with_key_credentials_and_grants()
    {
        var grant = _issued.Wallet.Grant(Ledger.Chain, new GrantTerms(Issued.Office, [new GrantedLicence(Issued.Licence, ["name"])], "m", "", new(1), new(2), 1));
        using var book = Book();
        book.GetOrCreate("second");
        await book.SaveAsync(File, Passphrase);
        using var read = await WalletBook.OpenAsync(File, Passphrase);
        Assert.Equal(["holder", "second"], read.Wallets.Select(w => w.Name));
        Assert.True(read.TryGet("holder", out var wallet));
        Assert.Equal(_issued.Wallet.PublicKey, wallet.PublicKey);
        Assert.Equal(_issued.Prepared.Held.Credential.Hash, wallet.Get(Issued.Licence).Credential.Hash);
        Assert.Equal(grant.Argument.Statement, Assert.Single(wallet.Grants));
        Assert.True(wallet.Present(_issued.Terms("name")).Verify(new(Ledger.Chain, Issued.Office, _issued.Ledger.Now)).IsValid);
    }

    [Fact]
    public async Task The_wrong_passphrase_does_not_open_it()
    {
        using var book = Book();
        await book.SaveAsync(File, Passphrase);
        await Refused(SdkCodes.WalletLocked, "another passphrase");
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var refused = await Assert.ThrowsAsync<LicenceChainException>(() => WalletBook.OpenAsync(File, Passphrase));
        Assert.Equal(SdkCodes.WalletUnreadable, refused.Code);
        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_its_owner_can_read_it()
    {
        using var book = Book();
        await book.SaveAsync(File, Passphrase);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        using var book = Book();
        await book.SaveAsync(File, "old passphrase");
        await book.SaveAsync(File, Passphrase);
        using var read = await WalletBook.OpenAsync(File, Passphrase);
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task No_attribute_stands_in_the_file_in_the_clear()
    {
        using var book = Book();
        await book.SaveAsync(File, Passphrase);
        Assert.DoesNotContain("高娟然", System.Text.Encoding.UTF8.GetString(await System.IO.File.ReadAllBytesAsync(File)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_or_cut_file_is_refused_and_never_crashes()
    {
        using var book = Book();
        await book.SaveAsync(File, Passphrase);
        var sound = await System.IO.File.ReadAllBytesAsync(File);
        var passphrase = System.Text.Encoding.UTF8.GetBytes(Passphrase);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var changed = (byte[])sound.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(3) == 0) changed = changed[..random.Next(changed.Length)];
            var refused = Record.Exception(() => WalletCodec.Open(changed, passphrase).Dispose());
            return refused is LicenceChainException { Code: SdkCodes.WalletLocked or SdkCodes.WalletUnreadable };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(8)); // each opening that gets so far derives a key
    }

    private WalletBook Book()
    {
        var book = new WalletBook();
        book.Put(_issued.Wallet);
        return book;
    }

    private async Task Refused(string code, string passphrase) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<LicenceChainException>(() => WalletBook.OpenAsync(File, passphrase))).Code);
}
