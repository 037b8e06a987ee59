using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>
/// What the chain says about a request, each as proven. Null means proven absent; what could not be had is no fact: then ask for
/// <see cref="Recogniser.Undetermined"/> instead. The records are read, never changed.
/// </summary>
public sealed record RecognitionFacts
{
    /// <summary>The requester's record.</summary>
    public MemberRecord? Requester { get; init; }

    /// <summary>The licence.</summary>
    public LicenceRecord? Licence { get; init; }

    /// <summary>The agreements that are known, in any order; those that do not cover the two regions do no harm.</summary>
    public IReadOnlyList<AgreementRecord> Agreements { get; init; } = [];

    /// <summary>The matter.</summary>
    public MatterRecord? Matter { get; init; }

    /// <summary>The grant that the request names; null when it names none.</summary>
    public GrantRecord? Grant { get; init; }

    /// <summary>
    /// A use of the grant that was consumed for this very request: the vault evaluates after the verifier has consumed, and the
    /// last use must not count against itself. Null where none was consumed yet.
    /// </summary>
    public GrantUseRecord? Use { get; init; }

    /// <summary>Tag of whoever proved to hold the licence's key by a presentation; null when nothing was presented.</summary>
    public Hash256? Presenter { get; init; }
}
