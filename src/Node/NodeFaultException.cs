using LicenceChain.Node.Standings;

namespace LicenceChain.Node;

/// <summary>A broken invariant: the node stops, since going on could make it diverge (roots that differ, a store that contradicts itself).</summary>
public class NodeFaultException : Exception
{
    /// <summary>What the node's last words give as the reason (rule C-ALARM): a code of docs/reference/codes.md. Default <c>halted</c>.</summary>
    public string Reason { get; init; } = StandingCodes.Halted;

    /// <summary>Says what does not hold and what to do.</summary>
    public NodeFaultException(string message)
        : base(message)
    {
    }

    /// <summary>As above, with the cause.</summary>
    public NodeFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
