using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Blocks;

/// <summary>The validators that decide a height, in the order that gives each its index. Rule C-QUORUM.</summary>
public sealed class ValidatorSet
{
    /// <summary>Fewest validators (C-QUORUM): below four, not one fault is survived.</summary>
    public const int MinCount = 4;

    private readonly Dictionary<KeyId, int> _index;

    private ValidatorSet(IReadOnlyList<Validator> validators)
    {
        Validators = validators;
        _index = new Dictionary<KeyId, int>(validators.Count);
        for (var i = 0; i < validators.Count; i++) _index.Add(validators[i].Key.Id, i);
        Hash = Sm3.Hash(ToMessage().ToByteArray());
    }

    /// <summary>In index order.</summary>
    public IReadOnlyList<Validator> Validators { get; }

    /// <summary>n.</summary>
    public int Count => Validators.Count;

    /// <summary>C-QUORUM: f = floor((n-1)/3), the faults that are survived.</summary>
    public int FaultBound => (Count - 1) / 3;

    /// <summary>C-QUORUM: Q = ceil(2n/3), never 2f+1.</summary>
    public int Quorum => ((2 * Count) + 2) / 3;

    /// <summary>SM3 of the set's encoding; stands in headers.</summary>
    public Hash256 Hash { get; }

    /// <summary>C-PROPOSER: the index of the proposer of (<paramref name="height"/>, <paramref name="round"/>).</summary>
    public int ProposerIndex(Height height, Round round) => (int)(((height.Value % (ulong)Count) + (round.Value % (uint)Count)) % (ulong)Count);

    /// <summary>The seat of a key; false when it has none.</summary>
    public bool TryIndexOf(KeyId key, out int index) => _index.TryGetValue(key, out index);

    /// <summary>A set of our own; throws unless it has 4 to 100 validators with distinct keys and members.</summary>
    public static ValidatorSet Of(IReadOnlyList<Validator> validators)
    {
        ArgumentNullException.ThrowIfNull(validators);
        return IsSound(validators)
            ? new ValidatorSet([.. validators])
            : throw new ArgumentException($"A validator set has {MinCount} to {ProtocolLimits.MaxValidators} validators with distinct keys and members.", nameof(validators));
    }

    /// <summary>Parses a set that somebody sent; false unless it is sound.</summary>
    public static bool TryFrom(ValidatorSetMessage? message, [NotNullWhen(true)] out ValidatorSet? set)
    {
        set = null;
        if (message is null || message.Validators.Count is < MinCount or > ProtocolLimits.MaxValidators) return false;
        var validators = new List<Validator>(message.Validators.Count);
        foreach (var one in message.Validators)
        {
            if (!OrganisationCode.TryParse(one.Member, out var member) || !Sm2PublicKey.TryParse(one.PublicKey.Span, out var key)) return false;
            validators.Add(new Validator(member, key));
        }

        set = IsSound(validators) ? new ValidatorSet(validators) : null;
        return set is not null;
    }

    /// <summary>The set as it is written.</summary>
    public ValidatorSetMessage ToMessage()
    {
        var message = new ValidatorSetMessage();
        foreach (var one in Validators)
            message.Validators.Add(new ValidatorMessage { Member = one.Member.Value, PublicKey = ByteString.CopyFrom(one.Key.Encoded) });
        return message;
    }

    private static bool IsSound(IReadOnlyList<Validator> validators) =>
        validators.Count is >= MinCount and <= ProtocolLimits.MaxValidators
        && validators.Select(v => v.Key.Id).Distinct().Count() == validators.Count
        && validators.Select(v => v.Member).Distinct().Count() == validators.Count;
}
