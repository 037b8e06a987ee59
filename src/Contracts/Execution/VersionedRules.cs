namespace LicenceChain.Contracts.Execution;

/// <summary>
/// Which version of the protocol began which rule (ADR 0020). A rule asks for the version in force at the block, <see cref="Call.Version"/> or <see cref="BlockContext.Version"/>, and for
/// nothing else of the kind; what it did before stays beside it, for replay.
/// </summary>
internal static class VersionedRules
{
    /// <summary>An expired governing key may renew governing keys.</summary>
    public const uint Renewal = 2;
}
