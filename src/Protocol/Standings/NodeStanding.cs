using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Collections;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Standings;

/// <summary>Rule C-ALARM: where a node stands, why it does not vote, and what it waits for, in its own words. <see cref="SignedStanding"/> carries it.</summary>
public sealed record NodeStanding
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Whose: a consensus or observer key.</summary>
    public required KeyId Key { get; init; }

    /// <summary>The node's own clock when it said so.</summary>
    public required UnixTime Time { get; init; }

    /// <summary>Height of its head.</summary>
    public required Height Height { get; init; }

    /// <summary>Digest of its head's header.</summary>
    public required Hash256 Head { get; init; }

    /// <summary>Block time of its head.</summary>
    public required UnixTime HeadTime { get; init; }

    /// <summary>The set that decides the height above the head.</summary>
    public required Hash256 ValidatorsHash { get; init; }

    /// <summary>True when the key has a seat in that set.</summary>
    public required bool IsValidator { get; init; }

    /// <summary>Round of the height above.</summary>
    public Round Round { get; init; }

    /// <summary>Why it does not vote, or what an operator must know: a code of docs/reference/codes.md; empty when all is well.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The reason in plain words; at most <see cref="StandingLimits.MaxDetail"/> characters.</summary>
    public string Detail { get; init; } = "";

    /// <summary>For what the height above waits.</summary>
    public StandingWait Wait { get; init; }

    /// <summary>Of the votes waited for, those that are there.</summary>
    public int Have { get; init; }

    /// <summary>Votes needed.</summary>
    public int Needed { get; init; }

    /// <summary>Validators whose vote is not there.</summary>
    public IReadOnlyList<KeyId> Missing { get; init; } = [];

    /// <summary>Peers whose link is up.</summary>
    public IReadOnlyList<KeyId> Linked { get; init; } = [];

    /// <summary>Highest head that a peer told of.</summary>
    public Height BestHeight { get; init; }

    /// <summary>The last alarm before now while it is young; empty when there was none.</summary>
    public string LastReason { get; init; } = "";

    /// <summary>That alarm in plain words.</summary>
    public string LastDetail { get; init; } = "";

    /// <summary>Height that it was raised at.</summary>
    public Height LastHeight { get; init; }

    /// <summary>Highest version of the protocol that its program supports.</summary>
    public uint HighestVersion { get; init; }

    /// <summary>Which build its program is; at most <see cref="StandingLimits.MaxProgram"/> characters.</summary>
    public string Program { get; init; } = "";

    /// <summary>Takes what somebody sent; false where a field is out of its bounds.</summary>
    public static bool TryFrom(StandingMessage? message, [NotNullWhen(true)] out NodeStanding? standing)
    {
        standing = null;
        if (message is null || !ChainId.TryParse(message.ChainId, out var chain) || !KeyId.TryFrom(message.KeyId.Span, out var key)) return false;
        if (!Hash256.TryFrom(message.Head.Span, out var head) || !Hash256.TryFrom(message.ValidatorsHash.Span, out var validators)) return false;
        if (!StandingLimits.IsReason(message.Reason) || !StandingLimits.IsReason(message.LastReason)) return false;
        if (!StandingLimits.IsDetail(message.Detail) || !StandingLimits.IsDetail(message.LastDetail)) return false;
        if (message.Program.Length > StandingLimits.MaxProgram || !StandingLimits.IsDetail(message.Program)) return false;
        if (!TryKeys(message.Missing, out var missing) || !TryKeys(message.Linked, out var linked)) return false;
        if (message.Have > StandingLimits.MaxKeys || message.Needed > StandingLimits.MaxKeys || !Enum.IsDefined(message.Wait)) return false;
        standing = new NodeStanding
        {
            Chain = chain,
            Key = key,
            Time = new UnixTime(message.TimeMs),
            Height = new Height(message.Height),
            Head = head,
            HeadTime = new UnixTime(message.HeadTimeMs),
            ValidatorsHash = validators,
            IsValidator = message.Validator,
            Round = new Round(message.Round),
            Reason = message.Reason,
            Detail = message.Detail,
            Wait = message.Wait,
            Have = (int)message.Have,
            Needed = (int)message.Needed,
            Missing = missing,
            Linked = linked,
            BestHeight = new Height(message.BestHeight),
            LastReason = message.LastReason,
            LastDetail = message.LastDetail,
            LastHeight = new Height(message.LastHeight),
            HighestVersion = message.HighestVersion,
            Program = message.Program,
        };
        return true;
    }

    /// <summary>As it is signed and sent. Lists and texts beyond their bounds are cut.</summary>
    public StandingMessage ToMessage()
    {
        var message = new StandingMessage
        {
            ChainId = Chain.Value,
            KeyId = Wrap(Key),
            TimeMs = Time.Milliseconds,
            Height = Height.Value,
            Head = ByteString.CopyFrom(Head.Span),
            HeadTimeMs = HeadTime.Milliseconds,
            ValidatorsHash = ByteString.CopyFrom(ValidatorsHash.Span),
            Validator = IsValidator,
            Round = Round.Value,
            Reason = Reason,
            Detail = StandingLimits.Fit(Detail),
            Wait = Wait,
            Have = (uint)Have,
            Needed = (uint)Needed,
            BestHeight = BestHeight.Value,
            LastReason = LastReason,
            LastDetail = StandingLimits.Fit(LastDetail),
            LastHeight = LastHeight.Value,
            HighestVersion = HighestVersion,
            Program = Program,
        };
        message.Missing.AddRange(Missing.Take(StandingLimits.MaxKeys).Select(Wrap));
        message.Linked.AddRange(Linked.Take(StandingLimits.MaxKeys).Select(Wrap));
        return message;
    }

    private static ByteString Wrap(KeyId key) => ByteString.CopyFrom(key.Value.Span);

    private static bool TryKeys(RepeatedField<ByteString> encoded, out KeyId[] keys)
    {
        keys = encoded.Count <= StandingLimits.MaxKeys ? new KeyId[encoded.Count] : [];
        if (keys.Length != encoded.Count) return false;
        for (var i = 0; i < keys.Length; i++)
            if (!KeyId.TryFrom(encoded[i].Span, out keys[i]))
                return false;
        return true;
    }
}
