namespace LicenceChain.Hosting.Listening;

/// <summary>A port that the service was told to listen on belongs to somebody else; the message says what to do.</summary>
public sealed class PortInUseException : Exception
{
    /// <summary>Names the address and the remedy.</summary>
    public PortInUseException(ListenAddress address, Exception? cause)
        : base($"Port {address.Port} on {address.Address} is in use. Stop the program that holds it ('ss -ltnp sport = :{address.Port}' names it) or configure another port.", cause) =>
        Address = address;

    /// <summary>The address that could not be had.</summary>
    public ListenAddress Address { get; }
}
