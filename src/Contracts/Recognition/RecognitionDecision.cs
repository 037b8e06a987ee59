using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>A decision that explains itself.</summary>
/// <param name="Outcome">Recognised, refused or undetermined.</param>
/// <param name="Code">One of <see cref="RecognitionCodes"/>.</param>
/// <param name="Clauses">The clauses that decided, for example <c>yangtze-delta-2025/1#types</c>.</param>
/// <param name="Chinese">The decision in a Chinese sentence; no personal data.</param>
/// <param name="English">The decision in an English sentence; no personal data.</param>
/// <param name="InputsHash">SM3 over request, facts and time: whoever has the same inputs gets the same decision.</param>
/// <param name="At">The block time it was evaluated at.</param>
public sealed record RecognitionDecision(
    RecognitionOutcome Outcome, string Code, IReadOnlyList<string> Clauses, string Chinese, string English, Hash256 InputsHash, UnixTime At)
{
    /// <summary>Name of the code, for example <c>grant-used-up</c>.</summary>
    public string Reason => RecognitionReasons.NameOf(Code);

    /// <summary>True for <see cref="RecognitionOutcome.Recognised"/>.</summary>
    public bool IsRecognised => Outcome == RecognitionOutcome.Recognised;

    /// <summary>The decision as it is sent.</summary>
    public RecognitionDecisionMessage ToMessage() => new()
    {
        Outcome = Outcome,
        Code = Code,
        Clauses = { Clauses },
        Chinese = Chinese,
        English = English,
        InputsHash = ByteString.CopyFrom(InputsHash.Span),
        AtMs = At.Milliseconds,
    };
}
