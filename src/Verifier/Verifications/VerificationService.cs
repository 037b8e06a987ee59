using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Verification;
using LicenceChain.Verifier.Access;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Chain;

namespace LicenceChain.Verifier.Verifications;

/// <summary>One verification from request to answer: steps V2 to V9 of docs/ARCHITECTURE.md (V1 is <see cref="VerificationRequest"/>). Safe for concurrent use.</summary>
internal sealed class VerificationService(
    ChainFollower chain, AgreementNames agreements, GrantDesk grants, VaultDesk vault, AccessJournal journal, VerifierMetrics metrics)
{
    private const int NonceSize = 16;

    /// <summary>Decides, releases and logs. <paramref name="cancellation"/> counts until a use is consumed: from then on the access is carried through.</summary>
    public async Task<VerificationReply> VerifyAsync(VerificationRequest request, CancellationToken cancellation)
    {
        var one = new VerificationCase(request, NewStatement(request), chain.Now);
        var decision = CheckPresentation(one)           // V2
            ?? await ProveAsync(one, cancellation)      // V3
            ?? CheckStanding(one)                       // V4
            ?? Recognise(one);                          // V5
        if (decision.Outcome == RecognitionOutcome.Recognised)
        {
            cancellation.ThrowIfCancellationRequested();
            decision = await grants.ConsumeAsync(one)   // V6
                ?? await vault.ReleaseAsync(one)        // V7
                ?? decision;
        }

        var index = await journal.AppendAsync(ToRecord(one, decision)); // V8: on disk before anybody is answered
        metrics.Decided(decision);
        return Answer(one, decision, index);            // V9
    }

    // V2: what the presentation itself shows.
    private RecognitionDecisionMessage? CheckPresentation(VerificationCase one)
    {
        if (one.Request.IsMalformed) return Decisions.Refused(new Refusal(PresentationCodes.Malformed, "What was presented is no presentation."), "出示内容格式有误,不予受理。", one.Now);
        if (one.Request.Presentation is not { } presentation) return null;
        var expected = new PresentationExpectation(chain.Anchor.Chain, one.Request.Asked.Requester, one.Now) { Matter = one.Request.Asked.Matter, Nonce = one.Request.Nonce };
        return presentation.Verify(expected).Refusal is { } refusal ? Decisions.Refused(refusal, "出示的证照未通过核验,不予受理。", one.Now) : null;
    }

    // V3: all that the decision needs, under one certified header.
    private async Task<RecognitionDecisionMessage?> ProveAsync(VerificationCase one, CancellationToken cancellation)
    {
        try
        {
            var names = await agreements.CurrentAsync(cancellation);
            var (proof, facts) = await chain.ProveAsync(ChainQuestion.Keys(one.Request, names), cancellation);
            one.Proof = proof;
            one.Facts = facts;
            one.Recognition = ChainQuestion.Facts(one.Request, facts, names);
            return null;
        }
        catch (LicenceChainException lost) when (lost.Code != SdkCodes.Forked)
        {
            return Recogniser.Undetermined(one.Request.Asked, stale: false, chain.Head?.Time ?? default).ToMessage();
        }
    }

    // V4: how old the header is, and whether the credential presented is the one on chain. Status by block time is the first of the rules in V5.
    private RecognitionDecisionMessage? CheckStanding(VerificationCase one)
    {
        var at = one.Facts!.Header.Time;
        if (!chain.IsFresh(one.Facts.Header)) return Recogniser.Undetermined(one.Request.Asked, stale: true, at).ToMessage();
        if (one.Request.Presentation is not { } presentation) return null;
        var found = ChainEvidence.Check(presentation.Credential, one.Facts, out _);
        return found is null or { Code: VerificationCodes.UnknownLicence } // which the rules say in their own words
            ? null
            : Decisions.Refused(new Refusal(found.Code, found.Detail), "出示的证照与链上记录不符,不予认可。", at);
    }

    // V5: the pure rules; anyone can replay them from the same proven records.
    private static RecognitionDecisionMessage Recognise(VerificationCase one) =>
        Recogniser.Recognise(one.Recognition!, one.Request.Asked, one.Facts!.Header.Time).ToMessage();

    // V8: who, whose licence, which attributes, for what, with what outcome. Never a value.
    private AccessRecord ToRecord(VerificationCase one, RecognitionDecisionMessage decision) => new()
    {
        Side = AccessSide.Verifier,
        Origin = journal.Origin,
        Requester = one.Statement.Requester,
        Officer = one.Request.Officer,
        LicenceId = one.Statement.LicenceId,
        HolderTag = one.Recognition?.Licence?.HolderTag ?? ByteString.Empty,
        Attributes = { one.Statement.Attributes },
        Matter = one.Statement.Matter,
        GrantId = one.Statement.GrantId,
        UseId = one.Statement.UseId,
        Decision = decision.Outcome switch
        {
            RecognitionOutcome.Recognised => AccessDecision.Released,
            RecognitionOutcome.Refused => AccessDecision.Refused,
            _ => AccessDecision.Undetermined,
        },
        Code = decision.Code,
        ResultDigest = one.ResultDigest is { } digest ? ByteString.CopyFrom(digest.Span) : ByteString.Empty,
        TimeMs = one.Now.Milliseconds,
    };

    private VerificationReply Answer(VerificationCase one, RecognitionDecisionMessage decision, ulong index)
    {
        var bundle = one.Proof is { } proof && one.Request.Presentation is { } presentation
            ? new VerificationBundle { Anchor = chain.Anchor.ToMessage(), Presentation = presentation.ToMessage(), Proof = proof.Message, Decision = decision }
            : null;
        return new VerificationReply
        {
            Decision = new DecisionReply
            {
                Outcome = Decisions.NameOf(decision.Outcome),
                Code = decision.Code,
                Clauses = [.. decision.Clauses],
                Chinese = decision.Chinese,
                English = decision.English,
                InputsHash = Convert.ToHexStringLower(decision.InputsHash.Span),
                AtMs = decision.AtMs,
                Height = one.Facts?.Header.Height.Value ?? 0,
            },
            LicenceId = one.Statement.LicenceId,
            UseId = one.UseId.ToString(),
            Attributes = one.Released,
            Proof = one.Proof is null ? null : Convert.ToBase64String(one.Proof.Message.ToByteArray()),
            Bundle = bundle is null ? null : Convert.ToBase64String(bundle.ToByteArray()),
            Log = new LogEntryReply(journal.Origin, index),
        };
    }

    private VaultRequestStatement NewStatement(VerificationRequest request) => new()
    {
        ChainId = chain.Anchor.Chain.Value,
        LicenceId = request.Asked.Licence.Value,
        Requester = request.Asked.Requester.Value,
        Officer = request.Officer,
        Matter = request.Asked.Matter,
        GrantId = request.Asked.Grant is { } grant ? ByteString.CopyFrom(grant.Value.Span) : ByteString.Empty,
        Attributes = { request.Asked.Attributes },
        TimeMs = chain.Now.Milliseconds,
        Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceSize)),
    };
}
