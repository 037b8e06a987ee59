using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Verifier.Verifications;

/// <summary>Decisions that are not the recognition rules' own: of presentations, credentials, consumption and release.</summary>
internal static class Decisions
{
    public static RecognitionDecisionMessage Refused(Refusal refusal, string chinese, UnixTime at) => Make(RecognitionOutcome.Refused, refusal, chinese, at);

    public static RecognitionDecisionMessage Undetermined(Refusal refusal, string chinese, UnixTime at) => Make(RecognitionOutcome.Undetermined, refusal, chinese, at);

    public static string NameOf(RecognitionOutcome outcome) => outcome switch
    {
        RecognitionOutcome.Recognised => "recognised",
        RecognitionOutcome.Refused => "refused",
        RecognitionOutcome.Undetermined => "undetermined",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "A decision has an outcome."),
    };

    private static RecognitionDecisionMessage Make(RecognitionOutcome outcome, Refusal refusal, string chinese, UnixTime at) =>
        new() { Outcome = outcome, Code = refusal.Code, English = refusal.Detail, Chinese = $"{chinese}({refusal.Code})", AtMs = at.Milliseconds };
}
