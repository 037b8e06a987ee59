using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using LicenceChain.Hosting.Listening;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Verifier.Configuration;

/// <summary>Reads verifier.json.</summary>
public static class VerifierConfigurationFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The configuration in <paramref name="path"/> with absolute paths.</summary>
    /// <exception cref="VerifierConfigurationException">The file cannot be read or a setting is wrong; names file and setting.</exception>
    public static VerifierConfiguration Read(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var file = JsonSerializer.Deserialize<VerifierFile>(File.ReadAllText(full), Options) ?? throw new JsonException("The file is empty.");
            var configuration = From(file, Path.GetDirectoryName(full)!);
            configuration.Validate();
            return configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VerifierConfigurationException($"{full} cannot be read.", e);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or VerifierConfigurationException)
        {
            throw new VerifierConfigurationException($"{full}: {e.Message}", e);
        }
    }

    private static VerifierConfiguration From(VerifierFile file, string folder)
    {
        var configuration = new VerifierConfiguration
        {
            Organisation = OrganisationCode.Parse(file.Organisation),
            Region = RegionCode.Parse(file.Region),
            AnchorPath = At(file.Anchor),
            KeystorePath = At(file.Keystore),
            PassphrasePath = At(file.PassphraseFile),
            ServiceKeyName = file.ServiceKey,
            DataDirectory = At(file.DataDirectory),
            Listen = new ListenAddress(IPAddress.Parse(file.ListenAddress), file.RestPort),
            TokenPublicKeyPaths = [.. file.TokenPublicKeys.Select(At)],
            NodeTokenKeyPath = At(file.NodeTokenKey),
            Nodes = [.. file.Nodes.Select(ToNode)],
        };
        return configuration with
        {
            MaxProofAge = Seconds(file.MaxProofAgeSeconds) ?? configuration.MaxProofAge,
            CheckpointEntries = file.CheckpointEntries ?? configuration.CheckpointEntries,
            CheckpointInterval = Seconds(file.CheckpointSeconds) ?? configuration.CheckpointInterval,
            MaxVerifications = file.MaxVerifications ?? configuration.MaxVerifications,
        };

        string At(string relative) => Path.GetFullPath(relative, folder);

        static TimeSpan? Seconds(int? seconds) => seconds is { } count ? TimeSpan.FromSeconds(count) : null;
    }

    // JSON may have a null where the type of a list says that there is none.
    private static VerifierNode ToNode(NodeEntry? entry) => entry is null
        ? throw new FormatException("nodes: an entry is null.")
        : new VerifierNode(RegionCode.Parse(entry.Region), OrganisationCode.Parse(entry.Organisation), entry.Rest);

    private sealed record VerifierFile(
        string Organisation,
        string Region,
        string Anchor,
        string Keystore,
        string PassphraseFile,
        string ServiceKey,
        string DataDirectory,
        string ListenAddress,
        int RestPort,
        IReadOnlyList<string> TokenPublicKeys,
        string NodeTokenKey,
        IReadOnlyList<NodeEntry> Nodes,
        int? MaxProofAgeSeconds = null,
        int? CheckpointEntries = null,
        int? CheckpointSeconds = null,
        int? MaxVerifications = null);

    private sealed record NodeEntry(string Region, string Organisation, Uri Rest, Uri? Grpc = null);
}
