using LicenceChain.Consensus;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>All that liars need of the world they are put into, so that they can be put into another.</summary>
/// <param name="Set">The validators.</param>
/// <param name="Head">The block that stands when they begin.</param>
/// <param name="Signers">The key of each seat; a coalition uses those of its own seats.</param>
/// <param name="Build">A block above a head for a round, of some variant.</param>
/// <param name="Parse">Reads a message; null when it is malformed.</param>
internal sealed record Surroundings(
    ValidatorSet Set,
    BlockHeader Head,
    IReadOnlyList<IVoteSigner> Signers,
    Func<BlockHeader, Round, BlockVariant, Block> Build,
    Func<ReadOnlyMemory<byte>, ConsensusMessage?> Parse);
