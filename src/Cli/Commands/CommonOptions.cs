using System.CommandLine;
using System.Globalization;
using System.Net;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Commands;

/// <summary>Options that several commands have; each command gets its own instance.</summary>
internal static class CommonOptions
{
    private const string SamplesFolder = "network-config/samples";

    public static Option<string> Directory() => new("--dir", "-d")
    {
        Description = "Network directory, as 'up' and 'network init' write it.",
        DefaultValueFactory = _ => ".licencechain",
        HelpName = "DIR",
    };

    public static Option<string> Samples() => new("--samples", "-s")
    {
        Description = "Samples folder (regions.csv, agencies.csv, licence-types.json, licences.csv, agreement.json, matters.json, fates.json, requests.csv).",
        DefaultValueFactory = _ => DefaultSamples(),
        HelpName = "DIR",
    };

    public static Option<int> BasePort() =>
        Number("--base-port", "First of ten ports a region: link +0, REST +1, gRPC +2, Verifier +5; 1024 to 64000. A network that exists keeps its own.", standard: 7100, least: 1024, most: 64_000);

    /// <summary>A whole number within bounds, refused with the bounds when it lies outside.</summary>
    public static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = "N" };
        option.Validators.Add(result =>
        {
            // What is no number at all, the parser refuses itself.
            var given = result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : standard;
            if (given < least || given > most) result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must lie between {least} and {most}."));
        });
        return option;
    }

    /// <summary>A bearer token, read by <see cref="ReadToken"/>.</summary>
    public static Option<string?> Token(string description) => new("--token") { Description = description, HelpName = "TOKEN" };

    /// <summary>Refuses what cannot stand in a header.</summary>
    public static string? ReadToken(string? given) =>
        given is null || (given.Length > 0 && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            ? given
            : throw CommandFailure.BadInput("--token is no bearer token: letters, digits, '-', '_' and '.' (licencechain token prints one).");

    /// <summary>Where each region's services run.</summary>
    public static Option<string[]> Hosts() => new("--host")
    {
        Description = "Address of the host that a region's node and Verifier run on, once for each region; default: this machine, 127.0.0.1.",
        HelpName = "REGION=ADDRESS",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads <see cref="Hosts"/>: each region at most once.</summary>
    public static IReadOnlyDictionary<RegionCode, IPAddress> ReadHosts(IReadOnlyList<string> given)
    {
        var hosts = new Dictionary<RegionCode, IPAddress>();
        foreach (var text in given)
        {
            var parts = text.Split('=');
            if (parts.Length != 2) throw CommandFailure.BadInput($"--host takes REGION=ADDRESS, for example 310000=10.1.0.31, not '{text}'.");
            if (!hosts.TryAdd(Governance.Ballot.Region(parts[0]), ReadHost(parts[1]))) throw CommandFailure.BadInput($"--host names region {parts[0]} twice.");
        }

        return hosts;
    }

    /// <summary>Reads the address of one host.</summary>
    public static IPAddress ReadHost(string text)
    {
        if (HostAddress.TryParse(text, out var address)) return address;
        var why = IPAddress.TryParse(text, out var parsed) ? HostAddress.Problem(parsed) : null;
        throw CommandFailure.BadInput(why ?? $"'{text}' is no address of a host: write IPv4 or IPv6 without a port, for example 10.1.0.31; services listen on addresses, not on names.");
    }

    public static Option<string?> PassphraseFile() => new("--passphrase-file")
    {
        Description = "File whose first line opens the keystore or wallet; default: 'passphrase' in the network directory.",
        HelpName = "FILE",
    };

    public static Option<string?> Wallet() => new("--wallet", "-w")
    {
        Description = "Wallet file; default: wallets/holders.wallet in the network directory.",
        HelpName = "FILE",
    };

    public static Option<string[]> Attributes(string description) => new("--attributes", "-a")
    {
        Description = description,
        HelpName = "NAME,…",
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    // From a checkout the samples that ship are found from any working directory.
    private static string DefaultSamples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, SamplesFolder) is var path && System.IO.Directory.Exists(path)) return path;
        return SamplesFolder;
    }
}
