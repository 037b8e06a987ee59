namespace LicenceChain.Node.Configuration;

/// <summary>network.json: who listens where, and the members.</summary>
internal sealed record NetworkFile(string Chain, IReadOnlyList<NetworkFile.RegionEntry> Regions, IReadOnlyList<NetworkFile.MemberEntry> Members)
{
    public sealed record RegionEntry(string Code, string Name, string Bureau, int LinkPort, int RestPort, int GrpcPort, int VerifierPort)
    {
        /// <summary>Address of its host; directories from before regions had hosts name none.</summary>
        public string Host { get; init; } = "127.0.0.1";
    }

    public sealed record MemberEntry(string Code, string Name, string Region, IReadOnlyList<string> Roles);
}
