using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LicenceChain.EndToEnd.Faults.Proxy;

/// <summary>
/// The port at which one node believes another to be. TLS goes through untouched: nodes know each other by certificates, not by addresses.
/// Faults act on bytes and connections, never on content.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly int _target;
    private readonly LinkPath _there;
    private readonly LinkPath _back;
    private readonly Task _accepting;

    /// <summary>Opens it.</summary>
    /// <param name="target">The real port on loopback.</param>
    /// <param name="there">The way of what the dialer sends.</param>
    /// <param name="back">The way of what it receives.</param>
    public FaultProxy(int target, LinkPath there, LinkPath back)
    {
        (_target, _there, _back) = (target, there, back);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>True while every dial is answered with a reset, as a firewall that rejects does.</summary>
    public bool Refuses { get; set; }

    /// <summary>Ends every connection with a reset (RST): what was under way is lost.</summary>
    public void Reset()
    {
        foreach (var connection in _connections.Keys) connection.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var dialer = await _listener.AcceptSocketAsync(_stopping.Token);
                var connection = new Connection(dialer);
                if (Refuses) connection.Reset();
                else _connections[connection] = CarryAsync(connection);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopping, or the dialer was gone before it was accepted: the loop's condition tells which.
            }
        }
    }

    private async Task CarryAsync(Connection connection)
    {
        await Task.Yield(); // so that it stands in the table before it can be removed
        using (connection)
        {
            try
            {
                await connection.RunAsync(_target, _there, _back, _stopping.Token);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // An end of the connection, whoever made it: both sockets close with it.
            }
        }

        _connections.TryRemove(connection, out _);
    }

    private sealed class Connection(Socket dialer) : IDisposable
    {
        private readonly Socket _target = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly CancellationTokenSource _ending = new();

        public async Task RunAsync(int port, LinkPath there, LinkPath back, CancellationToken cancellationToken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, cancellationToken);
            dialer.NoDelay = true;
            await there.WhenOpenAsync(either.Token);
            await _target.ConnectAsync(IPAddress.Loopback, port, either.Token);
            var pipes = new[] { new LinkPipe(dialer, _target, there).RunAsync(either.Token), new LinkPipe(_target, dialer, back).RunAsync(either.Token) };
            try
            {
                // One end that closes may still hear what the other says; one that fails ends both.
                await await Task.WhenAny(pipes);
                await Task.WhenAll(pipes);
            }
            finally
            {
                await _ending.CancelAsync();
                await Task.WhenAll(pipes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first failure is the one that counts
            }
        }

        public void Reset()
        {
            foreach (var socket in (Socket[])[dialer, _target])
            {
                try
                {
                    socket.LingerState = new LingerOption(enable: true, 0);
                    socket.Close();
                }
                catch (ObjectDisposedException)
                {
                    // It ended by itself a moment ago.
                }
            }
        }

        public void Dispose()
        {
            dialer.Dispose();
            _target.Dispose();
            _ending.Dispose();
        }
    }
}
