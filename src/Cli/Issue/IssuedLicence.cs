namespace LicenceChain.Cli.Issue;

/// <summary>What <c>issue</c> reports.</summary>
internal sealed record IssuedLicence(string LicenceId, string TransactionId, ulong Height, double Milliseconds, string Wallet);
