namespace LicenceChain.Load;

/// <summary>What to measure.</summary>
/// <param name="Validators">Validator processes, 4 to 10.</param>
/// <param name="Clients">Concurrent clients, each an issuing agency with its own key, 1 to 64.</param>
/// <param name="Seconds">Measured time after the warm-up.</param>
/// <param name="WarmupSeconds">Time before it, not counted: just-in-time compilation belongs to nobody's figure.</param>
/// <param name="Batch">Licences in a transaction: 1 in single mode.</param>
/// <param name="InFlight">Transactions that a client keeps unanswered.</param>
/// <param name="Json">One line for machines instead of text.</param>
internal sealed record LoadOptions(int Validators, int Clients, int Seconds, int WarmupSeconds, int Batch, int InFlight, bool Json);
