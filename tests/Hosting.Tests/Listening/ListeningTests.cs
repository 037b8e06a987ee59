using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.Tests.Listening;

public sealed class ListeningTests
{
    [Fact]
    public async Task Busy_port_is_named_together_with_the_remedy()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var busy = ListenAddress.Loopback(((IPEndPoint)holder.LocalEndpoint).Port);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenRest(busy));
        await using var app = builder.Build();
        var e = await Assert.ThrowsAsync<PortInUseException>(() => app.StartOrExplainAsync([ListenAddress.Loopback(0), busy], default));
        Assert.Equal(busy, e.Address);
        Assert.Contains($"Port {busy.Port} on 127.0.0.1 is in use", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7101", "127.0.0.1:7101")]
    [InlineData("127.0.0.1:7101", "127.0.0.1:7101")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    [InlineData("[::1]:7101", "[::1]:7101")]
    public void Address_without_an_interface_is_loopback(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("70000")]
    [InlineData("example.org:80")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    public void Anything_else_is_no_address(string? text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Fact]
    public void Text_that_is_taken_for_an_address_names_it_again() =>
        Prop.ForAll(Gen.Elements([.. "0127.:[]fe"]).ArrayOf().Select(c => new string(c)).ToArbitrary(), text =>
            !ListenAddress.TryParse(text, out var address) || (ListenAddress.TryParse(address.ToString(), out var again) && again.Equals(address))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
