using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>
/// Decides recognition: a pure function, so that requester, issuing region and auditor come to the same decision.
/// Order of the checks: who asks, the licence, the agreement of the two regions, the matter and what it may ask for, then the
/// holder's grant. What no grant could heal comes before the grant: over-asking is refused even where the holder allowed it.
/// </summary>
public static class Recogniser
{
    /// <summary>
    /// Decides <paramref name="request"/> on <paramref name="facts"/> at block time <paramref name="now"/>. Throws
    /// <see cref="ArgumentException"/> when a fact is about something else than the request names.
    /// </summary>
    public static RecognitionDecision Recognise(RecognitionFacts facts, RecognitionRequest request, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(request);
        RequireSameSubject(facts, request);
        // V5: the first rule that decides names the reason; its clauses are the ones hit.
        var clauses = new List<string>();
        var finding = RequesterRules.Check(facts, request)
            ?? LicenceRules.Check(facts, request, now)
            ?? AgreementRules.Check(facts, request, now, clauses)
            ?? MatterRules.Check(facts, request, clauses)
            ?? GrantRules.Check(facts, request, now, clauses)
            ?? Recognised(facts, request, clauses);
        var outcome = finding.Code == RecognitionCodes.Recognised ? RecognitionOutcome.Recognised : RecognitionOutcome.Refused;
        return new RecognitionDecision(outcome, finding.Code, finding.Clauses, finding.Chinese, finding.English, RecognitionInputs.Hash(facts, request, now), now);
    }

    /// <summary>
    /// The decision where no facts could be had (<paramref name="stale"/> false) or only ones that are too old (true), as of the
    /// last block time known. Its inputs hash covers the request alone.
    /// </summary>
    public static RecognitionDecision Undetermined(RecognitionRequest request, bool stale, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (code, chinese, english) = stale
            ? (RecognitionCodes.FactsStale, "所掌握的链上数据过旧,暂无法作出认定;请在同步最新区块后重试。", "What is known of the chain is too old to decide; try again once the newest blocks have arrived.")
            : (RecognitionCodes.FactsUnavailable, "暂时无法取得链上证明,无法作出认定;请稍后重试。", "The proofs from the chain cannot be had at present, so nothing is decided; try again later.");
        return new RecognitionDecision(RecognitionOutcome.Undetermined, code, [], chinese, english, RecognitionInputs.Hash(new RecognitionFacts(), request, now), now);
    }

    private static Finding Recognised(RecognitionFacts facts, RecognitionRequest request, List<string> clauses)
    {
        var attributes = string.Join("、", request.Attributes);
        var attributesEnglish = string.Join(", ", request.Attributes);
        var matter = facts.Matter!;
        return new Finding(
            RecognitionCodes.Recognised,
            clauses,
            $"证照有效,予以互认:{request.Region} 的事项“{matter.Name}”({matter.Code})可凭持证主体授权使用 {attributes}。",
            $"The licence is valid and recognised: matter {matter.Code} of region {request.Region} may use {attributesEnglish} by the holder's grant.");
    }

    private static void RequireSameSubject(RecognitionFacts facts, RecognitionRequest request)
    {
        Require(facts.Requester is null || facts.Requester.Code == request.Requester.Value, "requester");
        Require(facts.Licence is null || facts.Licence.Id == request.Licence.Value, "licence");
        Require(facts.Matter is null || facts.Matter.Code == request.Matter, "matter");
        Require(facts.Grant is null || IsNamed(facts.Grant.Id, request.Grant), "grant");
        Require(facts.Use is null || IsNamed(facts.Use.GrantId, request.Grant), "use");
    }

    private static bool IsNamed(ByteString id, GrantId? grant) => grant is { } named && id.Span.SequenceEqual(named.Value.Span);

    private static void Require(bool same, string what)
    {
        if (!same) throw new ArgumentException($"The {what} among the facts is not the one that the request names.");
    }
}
