using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus;

/// <summary>What is the same for every height. Times in milliseconds, each at least 1 (C-TIMER, C-FRESH).</summary>
/// <param name="Chain">The chain whose votes are counted.</param>
/// <param name="RoundTimeoutMs">T0: how long round 0 may take once there is work. Doubles each round.</param>
/// <param name="MaxRoundTimeoutMs">The timeout that no round exceeds.</param>
/// <param name="ResendMs">How often own votes are sent again while the height is undecided (C-WAL).</param>
/// <param name="HeartbeatMs">Age of the head at which an empty block is made, so that proofs stay fresh.</param>
/// <param name="DriftMs">How far a fresh block's time may be from the local clock (C-FRESH).</param>
public sealed record ConsensusOptions(
    ChainId Chain,
    uint RoundTimeoutMs = 2_000,
    uint MaxRoundTimeoutMs = 60_000,
    uint ResendMs = 1_000,
    uint HeartbeatMs = 60_000,
    uint DriftMs = 5_000)
{
    /// <summary>C-TIMER: T(r) = min(T0·2^r, the maximum).</summary>
    public ulong TimeoutOf(Round round) =>
        round.Value >= MaxDoublings ? MaxRoundTimeoutMs : ulong.Min((ulong)RoundTimeoutMs << (int)round.Value, MaxRoundTimeoutMs);

    /// <summary>Throws <see cref="ArgumentException"/> unless every time is positive and T0 is not above the maximum.</summary>
    public void Validate()
    {
        if (RoundTimeoutMs == 0 || ResendMs == 0 || HeartbeatMs == 0 || DriftMs == 0 || MaxRoundTimeoutMs < RoundTimeoutMs)
            throw new ArgumentException("Consensus times are at least 1 ms, and the longest round is not shorter than the first.");
    }

    // A 32-bit number of milliseconds doubled 32 times exceeds any 32-bit maximum and still fits 64 bits.
    private const uint MaxDoublings = 32;
}
