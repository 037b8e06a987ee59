namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>This machine does not let us make hosts; the message says why.</summary>
internal sealed class HostsUnavailableException(string message) : Exception(message);
