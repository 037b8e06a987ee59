using LicenceChain.Consensus;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// What decides all that a correct seat may still do: two machines with the same key have the same future (see <see cref="LocalStates"/> for why the rest of
/// what they hold does not matter). Block numbers are -1 for none.
/// </summary>
internal readonly record struct LocalKey(
    int Round, int Accepted, BlockVerdictKind? Verdict, int PreparedRound, int Prepared, bool IsBuilding, bool HasWork, bool HasDecided, int Restarts, ulong Sent, UInt128 LiveChanges);
