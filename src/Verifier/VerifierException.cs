namespace LicenceChain.Verifier;

/// <summary>A request that cannot be answered with a decision: the code goes into the problem document.</summary>
internal sealed class VerifierException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code => code;
}
