namespace LicenceChain.Node.Loop;

/// <summary>Work that needs none of the loop's state.</summary>
internal abstract class NodeWork
{
    /// <summary>True when consensus waits for it: it overtakes what came before.</summary>
    public abstract bool IsUrgent { get; }

    /// <summary>Does it.</summary>
    public abstract NodeEvent Run();
}
