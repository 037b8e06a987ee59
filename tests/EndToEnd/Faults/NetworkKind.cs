namespace LicenceChain.EndToEnd.Faults;

/// <summary>What validators stand on.</summary>
internal enum NetworkKind
{
    /// <summary>Hosts where the machine allows them, else the proxy.</summary>
    Unspecified,

    /// <summary>Each on a host of its own, with faults of packets.</summary>
    Hosts,

    /// <summary>All on this machine's loopback, with faults of byte streams.</summary>
    Proxy,
}
