using System.Security.Cryptography;
using System.Text;

namespace LicenceChain.Sdk.Wallets;

/// <summary>Wallet files on disk: mode 0600, replaced whole.</summary>
internal static class WalletFile
{
    public static async Task<WalletBook> OpenAsync(string path, string passphrase, CancellationToken cancellation)
    {
        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > WalletCodec.MaxBytes) throw new LicenceChainException(SdkCodes.WalletUnreadable, $"{path} has {length} bytes; a wallet has at most {WalletCodec.MaxBytes}.");
            bytes = await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new LicenceChainException(SdkCodes.WalletUnreadable, $"{path} cannot be read: {unreadable.Message}", null, unreadable);
        }

        var secret = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            return WalletCodec.Open(bytes, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public static async Task SaveAsync(WalletBook book, string path, string passphrase, CancellationToken cancellation)
    {
        var sealedBook = Seal(book, passphrase);
        var beside = $"{path}.{Guid.NewGuid():N}.new"; // in the same directory: the rename is atomic there only
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var file = new FileStream(beside, options))
            {
                await file.WriteAsync(sealedBook, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside); // nothing is left of it when the move was made
        }
    }

    private static byte[] Seal(WalletBook book, string passphrase)
    {
        var secret = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            return WalletCodec.Seal(book, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
