using System.Net.Sockets;
using LicenceChain.Cli.Verify;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Cli.Why;

/// <summary>Asks every node at once, trusts only what is signed, and has <see cref="Diagnosis"/> conclude.</summary>
internal sealed class WhyRunner(WhyOptions options, TimeProvider clock)
{
    private readonly List<string> _notes = [];

    public async Task<WhyReport> RunAsync(CancellationToken cancel)
    {
        var answers = await Task.WhenAll(options.Nodes.Select(node => AskAsync(node, cancel)));
        var anchor = options.Anchor ?? await AskForAnchorAsync(answers, cancel);
        var set = await CurrentSetAsync(anchor, answers, cancel);
        var held = answers.Select(answer => OfThisChain(answer, anchor.Chain)).ToList();
        return new Diagnosis(set, new Names(set, options.Directory), held).Conclude(anchor.Chain.Value, _notes);
    }

    private async Task<NodeAnswer> AskAsync(NodeToAsk node, CancellationToken cancel)
    {
        using var client = Client(node);
        try
        {
            var began = Now;
            var reply = await client.GetWhyAsync(cancel);
            var askedAt = new UnixTime(began.Milliseconds + ((Now.Milliseconds - ulong.Min(began.Milliseconds, Now.Milliseconds)) / 2));
            if (!SignedStanding.TryFrom(reply.Own, out var own) || !own.Verify()) return new NodeAnswer { Asked = node, Reach = Reach.NotTrusted };
            return new NodeAnswer
            {
                Asked = node, Reach = Reach.Answered, Own = own.Standing, Heard = [.. Sound(reply)], Clock = new UnixTime(reply.NowMs), AskedAt = askedAt,
            };
        }
        catch (LicenceChainException failure) when (failure.Code == SdkCodes.Unreachable)
        {
            return new NodeAnswer { Asked = node, Reach = IsRefused(failure) ? Reach.NotRunning : Reach.NoAnswer };
        }
        catch (LicenceChainException)
        {
            return new NodeAnswer { Asked = node, Reach = Reach.NotTrusted };
        }
    }

    // Whoever relays a peer's words cannot change them: what does not verify is not told.
    private static IEnumerable<(NodeStanding Standing, ulong AgeMs)> Sound(WhyReply reply)
    {
        foreach (var heard in reply.Heard.Take(StandingLimits.MaxKeys))
            if (SignedStanding.TryFrom(heard.Standing, out var standing) && standing.Verify())
                yield return (standing.Standing, reply.NowMs > heard.HeardMs ? reply.NowMs - heard.HeardMs : 0);
    }

    private NodeAnswer OfThisChain(NodeAnswer answer, ChainId chain)
    {
        if (answer.Own is not { } own) return answer;
        if (own.Chain == chain) return answer with { Heard = [.. answer.Heard.Where(heard => heard.Standing.Chain == chain)] };
        _notes.Add($"{answer.Asked.Address} is a node of another chain, {own.Chain}. 属于另一条链");
        return new NodeAnswer { Asked = answer.Asked, Reach = Reach.NotTrusted };
    }

    private async Task<TrustAnchor> AskForAnchorAsync(NodeAnswer[] answers, CancellationToken cancel)
    {
        foreach (var answer in answers.Where(answer => answer.Own is not null))
        {
            using var client = Client(answer.Asked);
            _notes.Add($"No --anchor: who the validators are is {answer.Asked.Address}'s word. 未指定信任锚,验证节点名单仅凭该节点所述");
            return await client.GetAnchorAsync(cancel);
        }

        throw new CommandFailure(ExitCode.NotReachable, "No node answered, and no --dir or --anchor names the validators.", [.. answers.Select(answer => $"{answer.Asked.Address}: {answer.Reach}")]);
    }

    // C-CHANGE: the anchor's set until governance changed it; then headers are followed from the anchor.
    private async Task<ValidatorSet> CurrentSetAsync(TrustAnchor anchor, NodeAnswer[] answers, CancellationToken cancel)
    {
        foreach (var answer in answers.Where(answer => answer.Own is { } own && own.Chain == anchor.Chain).OrderByDescending(answer => answer.Own!.Height))
        {
            if (answer.Own!.ValidatorsHash == anchor.Validators.Hash) return anchor.Validators;
            using var client = Client(answer.Asked);
            using var light = new LightClient(client, anchor);
            try
            {
                await light.SyncAsync(cancel);
                return light.Anchor.Validators;
            }
            catch (LicenceChainException failure)
            {
                _notes.Add($"The validators have changed since the anchor, and {answer.Asked.Address} gave no headers to follow ({failure.Code}): give --token. 验证节点已变更,需 --token 追溯");
            }
        }

        return anchor.Validators;
    }

    private UnixTime Now => new((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds());

    private LicenceChainClient Client(NodeToAsk node) =>
        new(node.Address, new LicenceChainClientOptions { MaxAttempts = 1, Timeout = options.Patience, Token = options.Token, Time = clock });

    private static bool IsRefused(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return true;
        return false;
    }
}
