namespace LicenceChain.Cli.Audit;

/// <summary>What <c>audit</c> reports.</summary>
/// <param name="LicenceId">The licence.</param>
/// <param name="Trails">One for each region asked.</param>
/// <param name="Orphans">Use ids that a vault's log holds and no Verifier's.</param>
internal sealed record AuditReport(string LicenceId, IReadOnlyList<CheckedTrail> Trails, IReadOnlyList<string> Orphans)
{
    /// <summary>True when every trail is whole and no half stands alone.</summary>
    public bool Complete => Orphans.Count == 0 && Trails.All(trail => trail.Complete);
}
