using LicenceChain.Node.Configuration;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Tests.Network;

/// <summary>Which of its own certificates a node shows.</summary>
public sealed class LinkCertificatesTests : ILogger, IDisposable
{
    private static readonly UnixTime Now = new(1_800_000_000_000);

    private readonly TemporaryFolder _folder = new();
    private readonly List<int> _logged = [];
    private readonly CertificateFingerprint _present;

    public LinkCertificatesTests() => _present = Make(_folder, NetworkPaths.LinkCertificate, NetworkPaths.LinkKey);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_next_one_is_shown_only_once_the_chain_lists_it_and_the_other_is_tried_in_turn()
    {
        using var own = Open();
        var next = Next();

        Assert.Equal(_present, own.At(0).Fingerprint);
        own.List(_present);
        Assert.Equal(_present, own.At(1).Fingerprint);
        own.List(next);
        Assert.Equal(_present, own.Shown.Fingerprint); // the loop that lists reads no disk
        Assert.Equal([next, _present, next], [own.At(0).Fingerprint, own.At(1).Fingerprint, own.At(2).Fingerprint]);
        Assert.Equal(next, own.Shown.Fingerprint);
        Assert.Equal([1015], _logged);
    }

    [Fact]
    public void A_listed_one_that_was_moved_over_the_present_one_meanwhile_is_found()
    {
        using var own = Open();
        var next = Next();
        File.Move(_folder.File(NetworkPaths.NextLinkCertificate), _folder.File(NetworkPaths.LinkCertificate), overwrite: true);
        File.Move(_folder.File(NetworkPaths.NextLinkKey), _folder.File(NetworkPaths.LinkKey), overwrite: true);

        own.List(next);

        Assert.Equal(next, own.At(0).Fingerprint);
    }

    [Fact]
    public void A_listed_one_that_lies_nowhere_is_told_once_and_taken_when_it_comes()
    {
        using var own = Open();
        using var elsewhere = new TemporaryFolder();
        var listed = Make(elsewhere, NetworkPaths.NextLinkCertificate, NetworkPaths.NextLinkKey);
        own.List(listed);

        Assert.Equal(_present, own.At(0).Fingerprint);
        Assert.Equal(_present, own.At(1).Fingerprint);
        Assert.Equal([1016], _logged);
        Assert.Contains(listed.ToString(), own.Missing!, StringComparison.Ordinal);
        foreach (var file in (string[])[NetworkPaths.NextLinkKey, NetworkPaths.NextLinkCertificate]) File.Copy(elsewhere.File(file), _folder.File(file));
        Assert.Equal(listed, own.At(0).Fingerprint);
    }

    [Fact]
    public void Another_that_comes_while_the_listed_one_is_missing_is_tried_since_it_may_be_listed_by_now()
    {
        using var own = Open();
        using var elsewhere = new TemporaryFolder();
        own.List(Make(elsewhere, NetworkPaths.NextLinkCertificate, NetworkPaths.NextLinkKey));
        Assert.Equal(_present, own.At(0).Fingerprint);

        var next = Next();

        Assert.Equal(_present, own.At(0).Fingerprint);
        Assert.Equal(next, own.At(1).Fingerprint);
        own.List(next);
        Assert.Equal(next, own.Shown.Fingerprint);
        Assert.Null(own.Missing);
    }

    [Fact]
    public void A_next_one_that_is_unsound_is_told_and_does_not_keep_the_present_one_from_linking()
    {
        File.WriteAllText(_folder.File(NetworkPaths.NextLinkCertificate), "no certificate");
        using var own = Open();

        Assert.Equal(1, own.Count);
        Assert.Equal(_present, own.At(1).Fingerprint);
        Assert.Equal([1017], _logged);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _logged.Add(eventId.Id);

    private static CertificateFingerprint Make(TemporaryFolder folder, string certificate, string key) => LinkCertificateFile.Create(folder.File(certificate), folder.File(key), "node", Now);

    private CertificateFingerprint Next() => Make(_folder, NetworkPaths.NextLinkCertificate, NetworkPaths.NextLinkKey);

    private LinkCertificates Open() => LinkCertificates.Open(_folder.File(NetworkPaths.LinkCertificate), _folder.File(NetworkPaths.LinkKey), this);
}
