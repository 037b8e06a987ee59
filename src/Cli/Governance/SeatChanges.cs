using Google.Protobuf;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Governance;

/// <summary>C-CHANGE: makes changes of the validator set and asks the nodes first: a candidate is at the head, and what stays online is a quorum.</summary>
internal sealed class SeatChanges(NetworkDirectory directory, NodeStatuses statuses, Ballot ballot, bool force, Action<string> warn)
{
    // A candidate is asked while blocks go on: it may be a little below the one that was asked before it.
    private const ulong HeadSlack = 5;

    private const int Attempts = 10;

    // Somebody else's node links and catches up meanwhile, and tells nobody here when it has.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A seat for a region's node, which must be an observer at the head.</summary>
    public async Task<IReadOnlyList<GovernanceChange>> AddAsync(NetworkRegion region, CancellationToken cancel)
    {
        var present = await PresentAsync(cancel);
        if (present.Validators.Any(v => v.Member == region.Bureau)) throw CommandFailure.BadInput($"{region.Name} has a seat already.");
        if (await WhyNotAtHeadAsync(region, cancel) is { } why) Object($"{region.Name} is no observer at the head: {why}");
        var seats = present.Validators.Append(new Validator(region.Bureau, Key(region, NetworkRegion.ConsensusLabel)));
        return [await SetToAsync(present, seats, cancel)];
    }

    /// <summary>Takes a region's seat.</summary>
    public async Task<IReadOnlyList<GovernanceChange>> RemoveAsync(NetworkRegion region, CancellationToken cancel)
    {
        var present = await PresentAsync(cancel);
        if (present.Validators.All(v => v.Member != region.Bureau)) throw CommandFailure.BadInput($"{region.Name} has no seat.");
        return [await SetToAsync(present, present.Validators.Where(v => v.Member != region.Bureau), cancel)];
    }

    /// <summary>
    /// Replaces the key of a region's seat by another entry of its node's keystore, and lists the node under the new key. The node must have been started since the entry was made.
    /// </summary>
    public async Task<IReadOnlyList<GovernanceChange>> RotateAsync(NetworkRegion region, string label, CancellationToken cancel)
    {
        var present = await PresentAsync(cancel);
        var seat = present.Validators.FirstOrDefault(v => v.Member == region.Bureau) ?? throw CommandFailure.BadInput($"{region.Name} has no seat.");
        var next = Key(region, label);
        if (next.Id == seat.Key.Id) throw CommandFailure.BadInput($"'{label}' is the key of the seat already.");
        if (!label.StartsWith(NetworkRegion.ConsensusLabel + "-", StringComparison.Ordinal)) throw CommandFailure.BadInput($"The node looks for its next key under a label that begins with '{NetworkRegion.ConsensusLabel}-'.");
        var before = (await ballot.Node.GetKeyAsync(seat.Key.Id, cancel))!.Record;
        var record = new KeyRecord(before) { PublicKey = ByteString.CopyFrom(next.Encoded), Holder = $"node-{region.Code}-{label}" };
        var listed = (await ballot.Node.GetNodesAsync(cancel))?.Record.Nodes ?? [];
        var set = await SetToAsync(present, present.Validators.Select(v => v.Member == region.Bureau ? v with { Key = next } : v), cancel);
        var changes = new List<GovernanceChange> { new() { PutKey = record }, set };
        var old = ByteString.CopyFrom(seat.Key.Id.Value.Span);
        var place = listed.FirstOrDefault(n => n.KeyId == old);
        if (place is not null) changes.Add(new GovernanceChange { RemoveNode = new RemoveNode { KeyId = old } });
        // The place stays as the chain has it: a link certificate that was adopted may not be in the directory's place yet.
        changes.Add(new GovernanceChange { PutNode = place is null ? NodePlace.Of(region, next) : new NodeRecord(place) { KeyId = ByteString.CopyFrom(next.Id.Value.Span) } });
        return changes;
    }

    /// <summary>A public key of a region's node, from its keystore.</summary>
    public Sm2PublicKey Key(NetworkRegion region, string label)
    {
        using var keys = KeystoreFile.Open(region.NodeKeystorePath, System.Text.Encoding.UTF8.GetBytes(directory.Passphrase));
        return keys.Key(label).PublicKey;
    }

    private async Task<ValidatorSet> PresentAsync(CancellationToken cancel) =>
        ValidatorSet.TryFrom(await ballot.ValidatorsAsync(cancel), out var set) ? set : throw new CommandFailure(ExitCode.Refused, "The node's validator set is not sound.");

    private async Task<GovernanceChange> SetToAsync(ValidatorSet present, IEnumerable<Validator> seats, CancellationToken cancel)
    {
        var list = seats.ToList();
        if (list.Count < ValidatorSet.MinCount) throw CommandFailure.BadInput($"{list.Count} validators would be left; there are at least {ValidatorSet.MinCount} (C-QUORUM).");
        var next = ValidatorSet.Of(list);
        var online = 0;
        foreach (var seat in next.Validators)
            if (directory.Regions.FirstOrDefault(r => r.Bureau == seat.Member) is { } region && await statuses.AskAsync(region, cancel) is { Alarm: "" })
                online++;
        if (online < next.Quorum) Object($"{online} of the {next.Count} validators would be online and voting; {next.Quorum} are needed for a block (C-CHANGE)");
        return new GovernanceChange { SetValidators = new SetValidators { Validators = next.ToMessage(), BaseHash = ByteString.CopyFrom(present.Hash.Span) } };
    }

    // It may just have been admitted: its links come up within seconds.
    private async Task<string?> WhyNotAtHeadAsync(NetworkRegion region, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var head = (await ballot.Node.GetStatusAsync(cancel)).Height;
            var candidate = await statuses.AskAsync(region, cancel);
            var why = candidate switch
            {
                null => "its node does not answer",
                { Peers: 0 } => "it has no links; is its node listed on the chain (governance propose file nodes/…/admission.json)?",
                { } status when status.Height + HeadSlack < head => $"it is at height {status.Height}, the others are at {head}",
                _ => null,
            };
            if (why is null || attempt == Attempts) return why;
            await Task.Delay(Pause, cancel);
        }
    }

    private void Object(string what)
    {
        if (!force) throw new CommandFailure(ExitCode.Negative, $"{what}. Nothing was proposed; --force proposes it all the same.");
        warn($"{what}.");
    }
}
