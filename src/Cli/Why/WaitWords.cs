using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Cli.Why;

/// <summary>What a node waits for, in English and Chinese.</summary>
internal static class WaitWords
{
    public static string Of(NodeStanding standing, Names names)
    {
        var at = $"height {standing.Height.Next} round {standing.Round}";
        var missing = names.Of(standing.Missing);
        return standing.Wait switch
        {
            StandingWait.Work => "nothing to decide 无待定交易",
            StandingWait.Proposal => $"{at}: for the proposal of {missing} 等待提案",
            StandingWait.Execution => $"{at}: executing the proposal 正在执行提案",
            StandingWait.Prepares => $"{at}: prepared by {Votes(standing)}; missing {missing} 预备票未足",
            StandingWait.Commits => $"{at}: committed by {Votes(standing)}; missing {missing} 提交票未足",
            StandingWait.RoundChanges => $"{at}: {Votes(standing)} have asked for this round; missing {missing} 换轮票未足",
            StandingWait.NextRound => $"{at}: the proposal was refused here, the next round follows 提案被拒,待换轮",
            StandingWait.Block => $"{at}: decided, its block is being fetched 已定案,正在取块",
            StandingWait.Storing => $"{at}: storing the decided block 正在写入",
            _ => "",
        };
    }

    private static string Votes(NodeStanding standing) => $"{standing.Have} of the {standing.Needed} needed";
}
