using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Node.Configuration;

namespace LicenceChain.Node.Tests.Configuration;

/// <summary>A file that somebody edited or that a disk spoilt is read or refused with its name; nothing else happens. FsCheck prints the seed of a failure.</summary>
public sealed class ConfigurationDecoderTests : IDisposable
{
    private const int Runs = 400;

    private readonly string _parent = Directory.CreateTempSubdirectory("lc-config-").FullName;
    private readonly NetworkDirectory _network;

    public ConfigurationDecoderTests() => _network = NetworkInit.Create(SamplePlan.Four(), Path.Combine(_parent, "network"));

    [Fact]
    public void Node_file_that_was_changed_is_read_or_refused_by_name()
    {
        var path = _network.Regions[0].NodeConfigurationPath;
        Check(path, () => NodeConfigurationFile.Read(path), refusal => refusal is NetworkDirectoryException);
    }

    [Fact]
    public void Peer_that_is_null_is_refused_by_name()
    {
        var path = _network.Regions[0].NodeConfigurationPath;
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"peers\": [", "\"peers\": [null,", StringComparison.Ordinal));
        Assert.Contains("peers: an entry is null", Assert.Throws<NetworkDirectoryException>(() => NodeConfigurationFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"regions\": [", "\"regions\": [null,")]
    [InlineData("\"members\": [", "\"members\": [null,")]
    [InlineData("\"roles\": [", "\"roles\": [\"99999999999\",")]
    public void Entry_of_the_network_that_is_null_or_out_of_range_is_refused_by_name(string sound, string broken)
    {
        var path = Path.Combine(_network.Root, "network.json");
        var text = File.ReadAllText(path);
        Assert.Contains(sound, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(sound, broken, StringComparison.Ordinal));
        Assert.Contains("network.json is broken", Assert.Throws<NetworkDirectoryException>(() => NetworkDirectory.Open(_network.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Genesis_file_that_was_changed_is_read_or_refused_by_name()
    {
        var path = _network.GenesisPath;
        Check(path, () => GenesisFile.Read(path), refusal => refusal is NodeFaultException);
    }

    [Fact]
    public void Anchor_that_was_changed_is_read_or_refused_by_name()
    {
        var path = _network.AnchorPath;
        Check(path, () => NetworkDirectory.Open(_network.Root), refusal => refusal is NetworkDirectoryException);
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static void Check(string path, Action read, Func<Exception, bool> isRefusal)
    {
        var sound = File.ReadAllBytes(path);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            File.WriteAllBytes(path, Change(new Random(seed), sound));
            var refused = Record.Exception(read);
            return refused is null || (isRefusal(refused) && refused.Message.Contains(Path.GetFileName(path), StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    private static byte[] Change(Random random, byte[] sound)
    {
        var changed = (byte[])sound.Clone();
        var at = random.Next(changed.Length);
        switch (random.Next(5))
        {
            case 0: return changed[..at];
            case 1: return [.. changed[..at], .. changed[int.Min(changed.Length, at + random.Next(1, 40))..]];
            case 2: return [.. changed[..at], .. Encoding.UTF8.GetBytes(new[] { "null", "-1", "99999999999", "{}", "[]", "\"\"", "\\u0000", "\\ud800" }[random.Next(8)]), .. changed[at..]];
            case 3: changed[at] ^= (byte)(1 << random.Next(8)); return changed;
            default: changed[at] = (byte)"0123456789\"{}[],:"[random.Next(17)]; return changed;
        }
    }
}
