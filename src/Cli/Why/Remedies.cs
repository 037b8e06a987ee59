using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Cli.Why;

/// <summary>Each thing that can be in the way, with what to do about it. The runbook, docs/operations/README.md, has a section for each.</summary>
internal static class Remedies
{
    /// <summary>A validator that does not speak: stopped, hanging, or cut off.</summary>
    public static Problem Silent(string where, NodeAnswer? asked, NodeStanding? heard, ulong ageMs, bool isLinked)
    {
        var last = heard is null ? "nobody heard of it 无人听到过" : $"last heard {ageMs / 1000} s ago at height {heard.Height}{Why(heard)} 最近消息";
        if (heard?.Reason is "storage" or "diverged" or "halted" or "outdated") return Stopped(where, heard, last);
        var start = asked?.Asked.Start ?? "licencechain node run --config …/node.json";
        return asked?.Reach switch
        {
            Reach.NotRunning => new Problem("not-running", where, $"Its process does not run; {last} 进程未运行", $"Read its log, then start it: {start} 查看日志后启动"),
            Reach.NoAnswer => new Problem(
                "no-answer", where, $"It listens and does not answer{(isLinked ? ", its links stand" : "")}; {last} 无应答",
                "Its process is paused or hangs: look at it (ps, kill -CONT, disk), else stop and start it 进程暂停或挂起,恢复或重启"),
            Reach.NotTrusted => new Problem(
                "not-trusted", where, $"What answers there is no node of this chain, or its signature does not hold; {last} 身份不符", "Check the address and the node's keystore 核对地址与密钥"),
            _ => new Problem("not-heard", where, $"No node asked has a link to it or heard of it lately; {last} 失去联络", "Call its operator; check the link port between the sites 联系其运维方,检查互联端口"),
        };
    }

    /// <summary>A node that speaks and raises an alarm.</summary>
    public static Problem Alarm(string where, Validator seat, NodeStanding said) => Of(said.Reason, where, seat, said.Detail, said);

    /// <summary>An alarm that has passed, less than a minute ago.</summary>
    public static Problem PastAlarm(string where, Validator seat, NodeStanding said)
    {
        var problem = Of(said.LastReason, where, seat, said.LastDetail, said);
        return problem with { What = $"It voted again since; at height {said.LastHeight}: {problem.What}" };
    }

    public static Problem Hangs(string where, ulong seconds) => new(
        "hangs", where, $"Its API answers, its loop has stood for {seconds} s 主循环停滞", "Look at its disk and its log, then start it again 检查磁盘与日志后重启");

    public static Problem NoLink(string one, string other) => new(
        "no-link", $"{one} – {other}", "Both run and have no link with each other 两节点间互联中断",
        "Check the link ports between the two sites and the certificate that each shows: it is the one that governance listed last, or else that of node.json 检查互联端口与证书指纹");

    public static Problem WrongClock(string where, long offsetMs) => new(
        "clock", where, FormattableString.Invariant($"Its clock is {Math.Abs(offsetMs) / 1000.0:F1} s {(offsetMs > 0 ? "ahead of" : "behind")} the others' 时钟偏差"),
        "Set the clock (chronyc makestep, or timedatectl set-ntp true); the node needs no restart 校准时钟,无需重启");

    public static Problem RoundsFail(uint round) => new(
        "rounds-fail", "network", $"A quorum votes, yet rounds fail: one height is in round {round} 多轮未能定案",
        "Look for slow links, clocks that differ and overloaded nodes; the height goes on as soon as one proposer reaches a quorum within its round 检查链路延迟、时钟与负载");

    private static Problem Stopped(string where, NodeStanding heard, string last) => heard.Reason switch
    {
        "storage" => new Problem("storage", where, $"It stopped itself: {heard.Detail} ({last}) 存储故障停机", "Free or repair the disk, then start it again: nothing is lost 清理或修复磁盘后重启"),
        "diverged" => Diverged(where, heard.Detail),
        "outdated" => new Problem("outdated", where, $"It stopped itself: {heard.Detail} ({last}) 程序版本过旧", "Install a program that supports the version, then start it 安装支持该版本的程序后启动"),
        _ => new Problem("halted", where, $"It stopped itself: {heard.Detail} ({last}) 节点自停", "Read its log: the last critical line names the file and the remedy 查看日志最后一条严重错误"),
    };

    private static Problem Of(string reason, string where, Validator seat, string detail, NodeStanding said) => reason switch
    {
        "behind" => new Problem("behind", where, $"It fetches blocks: at {said.Height}, peers at {said.BestHeight} 正在追块", "Wait; if its height does not grow, check its links and disk 等待;高度不增则检查链路与磁盘"),
        "history-gone" => new Problem(
            "history-gone", where, $"{detail} 所缺历史区块已无节点保存",
            "Stop it, move its blocks and state.db away (never votes.wal), and let it join by a snapshot: licencechain node join --config …/node.json 停机后移走区块与状态库(保留投票日志),通过快照重新加入"),
        "diverged" => Diverged(where, detail),
        "log-lost" => new Problem(
            "log-lost", where, "Its write-ahead log is lost: it observes, so that it cannot vote twice 预写日志丢失,仅观察",
            $"When no second copy of it runs, let it vote again by governance: licencechain governance propose allow-voting --region {RegionOf(where)} (key {seat.Key.Id}) 治理准许其恢复投票"),
        "key-in-use-elsewhere" => new Problem(
            "key-in-use-elsewhere", where, $"Its key signs on another host too: {detail} 密钥在他处使用", "Stop the other host first; if nobody knows of one, replace the key by governance 停用另一主机,否则更换密钥"),
        "conflicting-vote" => new Problem("conflicting-vote", where, $"It refused to contradict its own log: {detail} 拒签矛盾投票", "Nothing: the next height goes on; if it lasts, an old log was restored – see the runbook 无需处理"),
        "key-expired" => new Problem("key-expired", where, $"{detail} 密钥失效", "Rotate its key by governance (licencechain governance propose --help) 通过治理轮换密钥"),
        "expiry-due" => new Problem(
            "expiry-due", where, $"{detail} 即将到期", "Before that: licencechain governance propose renew-key, or rotate-key for a consensus key; for a link certificate licencechain keys link-certificate 及时延期或更换"),
        "certificate-missing" => new Problem(
            "certificate-missing", where, $"{detail} 链路证书缺失",
            "Put that certificate and its key there: it needs no restart. If they are lost, make and propose others: licencechain keys link-certificate, then governance propose link-certificate 放回证书与私钥,无需重启;已丢失则重新生成并提案"),
        "upgrade-due" => new Problem("upgrade-due", where, $"{detail} 即将升级", "Rehearse the new program (licencechain node rehearse --config …/node.json), install it, and start the node again before that height 演练并安装新版"),
        "peers-missing" => new Problem("peers-missing", where, $"{detail} 缺少其他验证节点", "See the validators that are missing 见缺席节点"),
        "invalid-proposal" => new Problem("invalid-proposal", where, $"It refuses a proposal: {detail} 提案无效", "Look at the proposer's version and log: it broke a rule 检查提案方版本与日志"),
        "clock-skew" => new Problem("clock-skew", where, $"{detail} 时钟不一致", "Compare both clocks and set the wrong one (chronyc makestep) 比对并校准时钟"),
        "round-limit" => new Problem("round-limit", where, $"{detail} 轮次用尽", "Start the node again once a quorum is there 达到法定数后重启"),
        _ => new Problem(reason, where, detail, "Read its log 查看日志"),
    };

    private static Problem Diverged(string where, string detail) => new(
        "diverged", where, $"Its state is not the others': {detail} 状态分歧",
        "Keep its data directory for examination; move state.db away and start it: the rows are built again from the blocks 保留数据备查,移走 state.db 后启动重建");

    // Names end with the region's code where it is known.
    private static string RegionOf(string where) => where.Split(' ')[^1] is { Length: 6 } code && code.All(char.IsAsciiDigit) ? code : "…";

    private static string Why(NodeStanding heard) => heard.Reason.Length > 0 ? $" ({heard.Reason})" : "";
}
