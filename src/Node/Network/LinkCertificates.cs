using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Network;

/// <summary>
/// This node's own link certificates: the one in use and, while it is being replaced, the next that lies beside it. Links show the one that the chain lists, from the block on
/// that lists it. The loop says which that is; links ask on threads of their own, and what must be read from the disk is read there.
/// </summary>
internal sealed class LinkCertificates : IShownCertificate, IDisposable
{
    // The present one and the next, and one more that was there before them.
    private const int MaxHeld = 3;

    private readonly Lock _lock = new();
    private readonly Lock _disk = new(); // taken before the other one, and never by the loop
    private readonly IReadOnlyList<(string Certificate, string Key)> _files;
    private readonly ILogger _logger;
    private readonly List<LinkCertificate> _opened = []; // links that still use one may outlive its replacement
    private IReadOnlyList<LinkCertificate> _held;
    private CertificateFingerprint? _listed;
    private CertificateFingerprint? _missed;

    private LinkCertificates(IReadOnlyList<(string Certificate, string Key)> files, ILogger logger)
    {
        (_files, _logger) = (files, logger);
        _opened.Add(LinkCertificate.Load(files[0].Certificate, files[0].Key));
        if (TryLoad(files[1], tells: true) is { } next) _opened.Add(next);
        _held = [.. _opened];
    }

    /// <summary>The one that links show, as far as it has been read: the one that the chain lists, or else the present one.</summary>
    public LinkCertificate Shown
    {
        get
        {
            lock (_lock) return _held[0];
        }
    }

    /// <inheritdoc/>
    public UnixTime Expires => Shown.Expires;

    /// <inheritdoc/>
    public string? Missing
    {
        get
        {
            lock (_lock)
                return _listed is { } listed && listed == _missed && !Hold(listed)
                    ? $"The chain lists its link certificate {listed}, which is neither {NetworkPaths.LinkCertificate} nor {NetworkPaths.NextLinkCertificate} beside its node.json: peers refuse its links."
                    : null;
        }
    }

    /// <summary>How many there are: several while one is being replaced. Which of them a peer takes depends on how far that peer has followed.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _held.Count;
        }
    }

    /// <summary>Opens the present one, and the next if there is one. Throws <see cref="NodeFaultException"/> when the present one cannot be read; what is wrong with the next goes into the log.</summary>
    public static LinkCertificates Open(string certificatePath, string keyPath, ILogger logger)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(certificatePath))!;
        return new LinkCertificates(
            [(certificatePath, keyPath), (Path.Combine(folder, NetworkPaths.NextLinkCertificate), Path.Combine(folder, NetworkPaths.NextLinkKey))], logger);
    }

    /// <summary>True for a certificate of this node that has been read.</summary>
    public bool Hold(CertificateFingerprint certificate)
    {
        lock (_lock) return _held.Any(one => one.Fingerprint == certificate);
    }

    /// <summary>The chain lists this one for this node; null: none. Reads nothing.</summary>
    public void List(CertificateFingerprint? listed)
    {
        lock (_lock)
        {
            _listed = listed;
            ShowListed();
        }
    }

    /// <summary>
    /// The one to show at a connection: at the first <paramref name="attempt"/>, number 0, as <see cref="Shown"/>, after the disk was looked at for one that the chain lists; then the others
    /// in turn, for a peer that has followed further, or less far, than this node.
    /// </summary>
    public LinkCertificate At(int attempt)
    {
        Fetch();
        lock (_lock) return _held[attempt % _held.Count];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in _opened) one.Dispose();
    }

    // The chain lists one that has not been read yet: told once, looked for at each connection.
    private void Fetch()
    {
        lock (_disk)
        {
            if (Unread() is not { } listed) return;
            var isNew = _missed != listed;
            foreach (var file in _files)
            {
                if (TryLoad(file, isNew) is not { } loaded) continue;
                if (Hold(loaded.Fingerprint)) loaded.Dispose();
                else Add(loaded); // listed since, perhaps: a node without links would not know
            }

            if (!isNew || Hold(listed)) return;
            lock (_lock) _missed = listed;
            Log.ListedCertificateMissing(_logger, listed, _files[0].Certificate, _files[1].Certificate);
        }
    }

    private CertificateFingerprint? Unread()
    {
        lock (_lock) return _listed is { } listed && !Hold(listed) ? listed : null;
    }

    private void Add(LinkCertificate found)
    {
        _opened.Add(found);
        lock (_lock)
        {
            _held = [_held[0], found, .. _held.Skip(1).Take(MaxHeld - 2)];
            ShowListed();
        }
    }

    private void ShowListed()
    {
        if (_held.FirstOrDefault(one => one.Fingerprint == _listed) is not { } listed || _held[0] == listed) return;
        _held = [listed, .. _held.Where(one => one != listed)];
        Log.CertificateShown(_logger, listed.Fingerprint);
    }

    // A next one that is unsound must not end a node that links by the present one.
    private LinkCertificate? TryLoad((string Certificate, string Key) file, bool tells)
    {
        if (!File.Exists(file.Certificate)) return null;
        try
        {
            return LinkCertificate.Load(file.Certificate, file.Key);
        }
        catch (Exception e) when (e is NodeFaultException or IOException or UnauthorizedAccessException)
        {
            if (tells) Log.CertificateUnreadable(_logger, file.Certificate, e.Message);
            return null;
        }
    }
}
