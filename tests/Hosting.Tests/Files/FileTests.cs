using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tests.Support;

namespace LicenceChain.Hosting.Tests.Files;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Secret_is_readable_by_its_owner_only_and_comes_back()
    {
        SecretFile.Write(_folder["secret"], "one"u8);
        SecretFile.Write(_folder["secret"], "two"u8);
        Assert.Equal("two"u8, SecretFile.Read(_folder["secret"], 3));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["secret"]));
        Assert.Equal(["secret"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Secret_that_others_may_touch_is_refused_with_the_remedy(UnixFileMode right)
    {
        SecretFile.Write(_folder["secret"], "one"u8);
        File.SetUnixFileMode(_folder["secret"], UnixFileMode.UserRead | right);
        var e = Assert.Throws<SecretFileException>(() => SecretFile.Read(_folder["secret"], 3));
        Assert.Contains("chmod 600", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_over_its_bound_is_refused()
    {
        SecretFile.Write(_folder["secret"], "four"u8);
        Assert.Throws<SecretFileException>(() => SecretFile.Read(_folder["secret"], 3));
    }

    [Fact]
    public void Write_after_a_crash_does_not_reuse_the_file_that_the_crash_left()
    {
        File.WriteAllText(_folder["secret.new"], "left with the wrong mode");
        SecretFile.Write(_folder["secret"], "one"u8);
        Assert.Equal("one"u8, SecretFile.Read(_folder["secret"], 3));
        Assert.False(File.Exists(_folder["secret.new"]));
    }
}
