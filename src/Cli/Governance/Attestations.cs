using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Governance;

/// <summary>Who attested which program over which blocks, and whether its roots are those of the headers here: what is said is never taken for true.</summary>
internal static class Attestations
{
    public const string Equal = "equal";
    public const string Differs = "differs";
    public const string Unknown = "unknown";
    public const string None = "none";

    /// <summary>Of every member with a seat, and of every other bureau of the directory, which may run an observer; those with a seat first.</summary>
    public static async Task<IReadOnlyList<AttestationReport>> ReadAsync(Ballot ballot, NetworkDirectory directory, CancellationToken cancel)
    {
        var seats = (await ballot.ValidatorsAsync(cancel)).Validators.Select(seat => OrganisationCode.Parse(seat.Member)).ToList();
        var reports = new List<AttestationReport>();
        foreach (var member in seats.Concat(directory.Regions.Select(region => region.Bureau).Except(seats)))
        {
            var report = new AttestationReport { Member = member.Value, Name = ProposalReport.Name(member.Value, directory), Validator = seats.Contains(member), Comparison = None };
            var record = (await ballot.Node.GetAttestationAsync(member, cancel))?.Record;
            reports.Add(record is null ? report : Fill(report, record, await CompareAsync(ballot, record.Rehearsal, cancel)));
        }

        return reports;
    }

    private static AttestationReport Fill(AttestationReport report, AttestationRecord record, string comparison) => report with
    {
        Program = record.Rehearsal.Program,
        HighestVersion = record.Rehearsal.HighestVersion,
        FromHeight = record.Rehearsal.FromHeight,
        ToHeight = record.Rehearsal.ToHeight,
        StateRoot = Hash256.From(record.Rehearsal.StateRoot.Span).ToString(),
        Height = record.Height,
        Comparison = comparison,
    };

    private static async Task<string> CompareAsync(Ballot ballot, AttestRehearsal said, CancellationToken cancel)
    {
        if (await ballot.Node.GetBlockAsync(new Height(said.ToHeight), cancel) is not { } block) return Unknown;
        var header = block.Block.Header;
        return said.LastDigest.Span.SequenceEqual(header.Digest.Span) && said.StateRoot.Span.SequenceEqual(header.Fields.StateRoot.Span) ? Equal : Differs;
    }
}
