namespace LicenceChain.Sdk;

/// <summary>A call that could not be answered: the stable code says why, the message what would do. Expected refusals are results, not exceptions.</summary>
public sealed class LicenceChainException : Exception
{
    /// <summary>Wraps a problem document or a failure to reach the node.</summary>
    public LicenceChainException(string code, string message, int? status = null, Exception? inner = null)
        : base($"{code}: {message}", inner)
    {
        Code = code;
        Status = status;
    }

    /// <summary>Stable: the problem document's, or one of <see cref="SdkCodes"/>.</summary>
    public string Code { get; }

    /// <summary>HTTP status, where there was an answer.</summary>
    public int? Status { get; }
}
