using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>The only place that signs: each vote passes the write-ahead rules first, and its log record goes out before it (C-WAL).</summary>
internal sealed class Voter
{
    private readonly ChainId _chain;
    private readonly IVoteSigner? _signer;
    private readonly LogReplay _replay;
    private readonly OutputList _outputs;
    private readonly Alarms _alarms;
    private WriteAheadRules _signed = new();
    private HeightState _state;
    private AlarmReason? _abstains;
    private Height? _allowedFrom;

    public Voter(ChainId chain, ConsensusStart start, HeightState state, OutputList outputs, Alarms alarms)
    {
        _chain = chain;
        _signer = start.Signer;
        _replay = new LogReplay(chain, start.Log);
        _outputs = outputs;
        _alarms = alarms;
        _abstains = start.LogLost || _replay.IsDamaged ? AlarmReason.LogLost : null;
        _state = state;
        BeginHeight(state);
    }

    /// <summary>This key's index in the set of the height; null for an observer.</summary>
    public int? Seat { get; private set; }

    /// <summary>Why the node does not vote although it has a seat; null when it votes.</summary>
    public AlarmReason? Abstains => Seat is null ? null : _abstains ?? (IsBehind ? AlarmReason.Behind : null);

    /// <summary>C-SYNC: nobody votes while behind, nor below a height it already voted at.</summary>
    public bool CanVote => Seat is not null && Abstains is null && !_state.IsDecided;

    /// <summary>C-RESTART: the height below which the log shows votes but the chain is not stored; null unless the log is ahead.</summary>
    public Height? LogAheadTo => _state.Height < _replay.Highest ? _replay.Highest : null;

    /// <summary>True when something was signed at this height.</summary>
    public bool HasVoted => _signed.HasVoted;

    private bool IsBehind => _state.Ahead.Trusted > _state.Height || LogAheadTo is not null;

    /// <summary>C-RESTART: takes the seat of a new height and what the log holds of it.</summary>
    public void BeginHeight(HeightState state)
    {
        _state = state;
        _signed = new WriteAheadRules();
        Seat = _signer is not null && state.Set.TryIndexOf(_signer.Key, out var index) ? index : null;
        if (_abstains == AlarmReason.LogLost && _allowedFrom is { } from && state.Height >= from) _abstains = null;
        if (_abstains is null && state.Height <= _replay.Highest && !_replay.TryRestore(state, Seat, _signed)) _abstains = AlarmReason.LogLost;
    }

    /// <summary>C-RESTART: a governance record readmits a key whose log was lost, above the present height.</summary>
    public void AllowFromNextHeight() => _allowedFrom ??= _state.Height.Next;

    /// <summary>True unless a message in this node's name was made elsewhere. Nobody echoes our messages, so in truth it always was.</summary>
    public bool Made(VerifiedMessage message)
    {
        // Without the log, or below its end, we do not know what we made.
        if (_abstains is not null || (LogAheadTo is { } logged && message.Height <= logged)) return true;
        if (message.Height > _state.Height) return false;
        return message.Round < _signed.Round || _signed.Find(message.Type, message.Round)?.Vote.SaysTheSameAs(message.Vote) == true;
    }

    /// <summary>The key runs on two hosts: this one stops signing, for one of them must.</summary>
    public void StopForForeignVote(VoteType type, Height height, Round round)
    {
        _abstains ??= AlarmReason.KeyInUseElsewhere;
        _alarms.Raise(AlarmReason.KeyInUseElsewhere, $"A {type} of height {height} round {round} is signed with this node's key but was not made here.");
    }

    public bool HasProposed(Round round) => _signed.Find(VoteType.Proposal, round) is not null;

    /// <summary>True when a proposal was made or prepared in the round, in this life or an earlier one.</summary>
    public bool HasAnswered(Round round) => HasProposed(round) || _signed.Find(VoteType.Prepare, round) is not null;

    public void Propose(Block block, IReadOnlyList<VerifiedVote> roundChanges, IReadOnlyList<VerifiedVote> prepares) =>
        Cast(VoteType.Proposal, block.Header.Digest, null, vote => MessageWriter.Proposal(vote, _state.Set.Hash, block, roundChanges, prepares));

    public void Prepare(Hash256 digest) =>
        Cast(VoteType.Prepare, digest, null, vote => MessageWriter.Prepare(vote, _state.Set.Hash));

    public void Commit(PreparedCertificate prepared) =>
        Cast(VoteType.Commit, prepared.Digest, null, vote => MessageWriter.Commit(vote, _state.Set.Hash));

    public void RoundChange() =>
        Cast(VoteType.RoundChange, Hash256.Zero, _state.Prepared, vote => MessageWriter.RoundChange(vote, _state.Set.Hash, _state.Prepared));

    /// <summary>C-WAL: the stored bytes again.</summary>
    public void Resend()
    {
        if (!CanVote) return;
        foreach (var own in _signed.ToResend()) _outputs.Add(new Broadcast(own.Bytes));
    }

    private void Cast(VoteType type, Hash256 digest, PreparedCertificate? claim, Func<VerifiedVote, VerifiedMessage> write)
    {
        if (!CanVote) return;
        var round = _state.Round;
        switch (_signed.Ask(type, round, digest, claim))
        {
            case WriteAheadAnswer.New:
                var own = write(Sign(type, round, digest, claim));
                _outputs.Add(new AppendLog(MessageWriter.LogRecord(own, _state.Prepared)));
                _outputs.Add(new Broadcast(own.Bytes));
                _signed.Record(own);
                _state.Votes.Add(own);
                break;
            case WriteAheadAnswer.Identical:
                _outputs.Add(new Broadcast(_signed.Find(type, round)!.Bytes));
                break;
            default:
                _alarms.Raise(AlarmReason.ConflictingVote, $"The log holds another {type} of height {_state.Height} round {round}, or one of a later round.");
                break;
        }
    }

    private VerifiedVote Sign(VoteType type, Round round, Hash256 digest, PreparedCertificate? claim)
    {
        var message = new VoteMessage
        {
            Type = type,
            Height = _state.Height.Value,
            Round = round.Value,
            Digest = digest.IsZero ? ByteString.Empty : ByteString.CopyFrom(digest.Span),
            PreparedRoundPlusOne = claim is null ? 0 : claim.Round.Value + 1,
            PreparedDigest = claim is null ? ByteString.Empty : ByteString.CopyFrom(claim.Digest.Span),
            Validator = (uint)Seat!.Value,
        };
        var claimed = claim?.Digest ?? Hash256.Zero;
        Span<byte> bytes = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, _chain, type, _state.Height, round, digest, message.PreparedRoundPlusOne, claimed);
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        _signer!.Sign(bytes[..length], signature);
        message.Signature = ByteString.CopyFrom(signature);
        return new VerifiedVote(message, digest, claimed);
    }
}
