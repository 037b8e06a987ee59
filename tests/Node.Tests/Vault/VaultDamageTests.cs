using System.Text;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Vault;

public sealed class VaultDamageTests : IDisposable
{
    private static readonly LicenceId Licence = LicenceId.TryParseStrict("1.2.156.3005.2.11100000MB0143028R001.11330000N2HJ1ED348.S000000.001.6", out var id) ? id : throw new FormatException();

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File(VaultService.StoreName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sound_vault_passes_the_inspection()
    {
        Fill();
        Assert.Null(VaultInspection.Run(Path, CancellationToken.None));
    }

    [Fact]
    public void Damaged_page_is_found_by_the_inspection_and_named_with_its_remedy_when_it_is_read()
    {
        Fill();
        DamageFrom(4096);

        Assert.NotNull(VaultInspection.Run(Path, CancellationToken.None));
        using var store = VaultStore.Open(Path);
        var read = Assert.Throws<CorruptStorageException>(() => store.Find(Licence));
        Assert.Contains(Path, read.Message, StringComparison.Ordinal);
        Assert.Contains("backup", read.Message, StringComparison.Ordinal);
        Assert.Throws<CorruptStorageException>(() => store.Agreements());
        Assert.Throws<CorruptStorageException>(() => store.Put([Row()]));
    }

    [Fact]
    public void File_that_is_no_database_is_named_when_it_is_opened()
    {
        Fill();
        DamageFrom(0);
        Assert.Contains(Path, Assert.Throws<CorruptStorageException>(() => VaultStore.Open(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspection_that_was_cancelled_accuses_nobody()
    {
        Fill();
        DamageFrom(4096);
        Assert.Null(VaultInspection.Run(Path, new CancellationToken(canceled: true)));
    }

    private void Fill()
    {
        using var store = VaultStore.Open(Path);
        store.Put([Row()]);
        store.PutAgreements(["one"], new Height(7));
    }

    private static VaultRow Row() => new(Licence, Sm3.Hash("credential"u8), Encoding.UTF8.GetBytes("key"), new byte[2_000]);

    private void DamageFrom(int offset)
    {
        var bytes = File.ReadAllBytes(Path);
        for (var i = offset; i < bytes.Length; i++) bytes[i] ^= 0x5A;
        File.WriteAllBytes(Path, bytes);
    }
}
