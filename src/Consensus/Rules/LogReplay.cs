using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>
/// C-RESTART: restores a height from the log that was read at start: what was signed, the round, the prepared block and its certificate. The log may be
/// ahead of the stored chain; below its highest height no vote is made, since the records of those heights may be gone.
/// </summary>
internal sealed class LogReplay
{
    private readonly ChainId _chain;
    private readonly IReadOnlyList<WalRecordMessage> _records;

    public LogReplay(ChainId chain, IReadOnlyList<WalRecordMessage> records)
    {
        _chain = chain;
        _records = records;
        foreach (var one in records)
        {
            if (!MessageVerifier.TryPeekHeight(one.Message.Memory, out var height)) IsDamaged = true;
            else if (height > Highest) Highest = height;
        }
    }

    /// <summary>The highest height voted at; 0 for an empty log.</summary>
    public Height Highest { get; }

    /// <summary>True when some record is not a message at all.</summary>
    public bool IsDamaged { get; }

    /// <summary>Replays the records of the height; false when one of them is not a valid vote of <paramref name="seat"/>.</summary>
    public bool TryRestore(HeightState state, int? seat, WriteAheadRules signed)
    {
        foreach (var record in _records)
        {
            if (!MessageVerifier.TryPeekHeight(record.Message.Memory, out var height) || height != state.Height) continue;
            if (!MessageVerifier.TryVerify(record.Message.Memory, _chain, state.Height, state.Set, out var own, out _) || own.Validator != seat) return false;
            if (!TryRestorePrepared(state, record, own)) return false;
            signed.Record(own);
            state.Votes.Add(own);
        }

        state.Enter(signed.Round);
        return true;
    }

    private bool TryRestorePrepared(HeightState state, WalRecordMessage record, VerifiedMessage own)
    {
        PreparedCertificate? prepared = null;
        if (own.Type == VoteType.Commit)
        {
            var verification = new MessageVerification(own.Bytes, _chain, state.Height, state.Set, VoteSignatures.Instance);
            if (!verification.TryReadCertificate(own.Round, record.PreparedBlock, record.PreparedCertificate, own.Vote.Digest, out prepared)) return false;
        }
        else if (own.Type == VoteType.RoundChange && own.Vote.PreparedRound is { } round)
        {
            prepared = new PreparedCertificate(round, own.Block!, own.Prepares);
        }

        if (prepared is not null && (state.Prepared is null || prepared.Round > state.Prepared.Round)) state.Prepared = prepared;
        return true;
    }
}
