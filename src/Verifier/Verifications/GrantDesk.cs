using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Verifier.Chain;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Verifications;

/// <summary>Step V6: consumes one use of the grant. A use is a transaction, so a second use of a one-time grant fails in consensus, whoever tries.</summary>
internal sealed class GrantDesk(VerifierConfiguration configuration, ChainFollower chain, NodeSet nodes, TransactionFactory transactions, TimeProvider clock, VerifierMetrics metrics)
{
    private const int MaxAttempts = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100); // doubles: 12.7 s in all

    /// <summary>Null when the use was committed, else the decision instead.</summary>
    public async Task<RecognitionDecisionMessage?> ConsumeAsync(VerificationCase one)
    {
        var at = one.Facts!.Header.Time;
        if (one.Request.Asked.Requester != configuration.Organisation)
            return Decisions.Refused(new Refusal(VerifierCodes.OtherMember, $"This Verifier speaks for {configuration.Organisation} only."), "本核验服务不代表该请求方。", at);
        var use = new ConsumeGrant { GrantId = one.Statement.GrantId, UseId = one.Statement.UseId, LicenceId = one.Statement.LicenceId, Matter = one.Statement.Matter };
        try
        {
            var result = await SubmitAsync(use, one);
            one.ConsumedAt = result.Height;
            if (result.Applied) return null;
            return IsPassing(result.Code) ? Unknown(result.Code, at) : Decisions.Refused(new Refusal(result.Code, result.Detail), "授权使用未获共识确认,不予提供。", at);
        }
        catch (LicenceChainException lost)
        {
            return Unknown(lost.Code, at);
        }
    }

    private async Task<SubmitResult> SubmitAsync(ConsumeGrant use, VerificationCase one)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            // The same bytes to whichever node answers, so that the use is consumed once.
            var transaction = transactions.Consume(use, ValidUntil(one));
            var result = await nodes.AskAsync((node, token) => node.SubmitAsync(transaction, wait: true, token), CancellationToken.None);
            if (!IsPassing(result.Code) || attempt == MaxAttempts) return result;
            await Task.Delay(pause, clock);
            pause *= 2;
        }
    }

    private Height ValidUntil(VerificationCase one)
    {
        var window = ChainQuestion.Read(one.Facts!, StateKeys.Parameters, ParametersRecord.Parser)!.ValidityWindow;
        var known = Math.Max(one.Facts!.Header.Height.Value, chain.Head?.Height.Value ?? 0);
        return new Height(known + 1 + (window / 2));
    }

    // Not the grant's fault: no room, or the window closed before a block took it.
    private static bool IsPassing(string code) => code is TransactionCodes.MempoolFull or TransactionCodes.Dropped or TransactionCodes.Expired;

    private RecognitionDecisionMessage Unknown(string code, UnixTime at)
    {
        metrics.Lost();
        return Decisions.Undetermined(new Refusal(VerifierCodes.ConsumptionUnknown, $"Whether the use was consumed is not known ({code})."), "授权使用是否已被共识确认尚不可知。", at);
    }
}
