namespace LicenceChain.Hosting.Files;

/// <summary>A file with a secret is not fit to be used; the message names the file and the remedy.</summary>
public sealed class SecretFileException(string message) : Exception(message);
