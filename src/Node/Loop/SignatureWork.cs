namespace LicenceChain.Node.Loop;

/// <summary>Work that is mostly the verification of signatures.</summary>
internal abstract class SignatureWork : NodeWork
{
    /// <inheritdoc/>
    public sealed override NodeEvent Run() => Run(SignatureChecks.Instance);

    /// <summary>Does it with these checks.</summary>
    public abstract NodeEvent Run(ISignatureChecks signatures);
}
