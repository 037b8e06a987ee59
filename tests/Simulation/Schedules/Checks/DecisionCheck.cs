using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>No fork: at each height one block, ever; each with a certificate that verifies by itself (C-CERT), and one that a correct validator may vote for.</summary>
internal sealed class DecisionCheck(Bench bench)
{
    private readonly Dictionary<Height, Hash256> _decided = [];

    /// <summary>True for the first decision of the height.</summary>
    public bool OnDecided(int host, Block block, CommitCertificate certificate)
    {
        var height = block.Header.Height;
        if (certificate.Height != height || certificate.Digest != block.Header.Digest || !bench.Verify(certificate))
            throw new ScheduleFailureException("certificate", $"host {host} stores height {height} with a certificate that does not verify.");
        if (!_decided.TryGetValue(height, out var digest))
        {
            if (!BlockVariants.IsRight(block)) throw new ScheduleFailureException("execution", $"host {host} stores height {height} with a block ({BlockVariants.Of(block)}) that no correct validator votes for.");
            _decided.Add(height, block.Header.Digest);
            return true;
        }

        if (digest != block.Header.Digest) throw new ScheduleFailureException("agreement", $"two blocks decided at height {height}: {digest} and {block.Header.Digest} (host {host}).");
        return false;
    }
}
