namespace LicenceChain.Node.Loop;

/// <summary>Does work off the loop and feeds the event that it comes to.</summary>
internal interface IVerificationPool
{
    /// <summary>Takes work and returns at once. Results come in any order.</summary>
    void Submit(NodeWork work);
}
