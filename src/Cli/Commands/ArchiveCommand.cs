using System.CommandLine;
using Google.Protobuf;
using LicenceChain.Cli.Verify;
using LicenceChain.Hosting.Files;
using LicenceChain.Node;
using LicenceChain.Node.Archiving;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>archive</c> and <c>node archive</c>.</summary>
internal static class ArchiveCommand
{
    private const string VerifyExample = "licencechain archive verify /tmp/archive --anchor .licencechain/anchor.json";
    private const string ProveExample = "licencechain archive prove /tmp/archive --transaction 7f…00 --anchor .licencechain/anchor.json --out proof.bin";
    private const string MoveExample = "licencechain node archive --config .licencechain/nodes/310000/node.json --below 5000 --to /tmp/archive";

    public static Command Create()
    {
        var command = new ExampleCommand("archive", "Check an archive of old blocks, and prove transactions out of it 归档.", VerifyExample, ProveExample);
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Prove());
        return command;
    }

    /// <summary><c>node archive</c>.</summary>
    public static Command Move()
    {
        var config = new Option<string>("--config", "-c") { Description = "node.json of a node that is stopped; a running one archives by itself (keepBlocks).", Required = true, HelpName = "FILE" };
        var below = new Option<ulong>("--below") { Description = "Move the blocks below this height.", Required = true, HelpName = "HEIGHT" };
        var to = new Option<string>("--to") { Description = "Folder that takes them; made when it is missing.", Required = true, HelpName = "DIR" };
        var command = new ExampleCommand("archive", "Move old blocks of a stopped node to an archive 归档旧区块.", MoveExample) { config, below, to };
        command.Run((context, _) => Task.FromResult(MoveBlocks(context, context.Value(config), context.Value(below), context.Value(to))));
        return command;
    }

    private static ExitCode MoveBlocks(CommandContext context, string config, ulong below, string to)
    {
        try
        {
            var report = NodeArchive.Move(NodeConfigurationFile.Read(config), new Height(below), Path.GetFullPath(to));
            return context.Terminal.Report(ExitCode.Ok, report, console => console.WriteLine(report.Blocks == 0
                ? $"Nothing to move: the lowest block held is {report.Lowest}. 无可归档。"
                : $"Moved {report.Blocks} blocks from {report.First} on; the node now begins at {report.Lowest}. 已归档 {report.Blocks} 个区块。"));
        }
        catch (ArgumentException refusal)
        {
            throw CommandFailure.BadInput(refusal.Message);
        }
        catch (StorageFaultException failure)
        {
            throw new CommandFailure(ExitCode.StorageFailed, failure.IsFull
                ? $"The disk under {to} is full. The node keeps all its blocks: make room there, or name another folder (--to), and call it again. 归档磁盘已满,节点未删任何区块。"
                : $"{to} does not take what is written. The node keeps all its blocks: look at that disk, or name another folder (--to). {failure.InnerException?.Message} 归档目录不可写,节点未删任何区块。");
        }
        catch (NodeFaultException failure) when (failure is not OutdatedProgramException)
        {
            throw CommandFailure.BadInput($"{failure.Message} Stop the node first; one that runs archives by itself, with keepBlocks and archiveDirectory in node.json. 请先停止节点。");
        }
    }

    private static ExampleCommand Verify()
    {
        var folder = Folder();
        var anchor = Anchor(required: true);
        var command = new ExampleCommand("verify", "Check every block of an archive against a trust anchor 核验归档.", VerifyExample) { folder, anchor };
        command.Run((context, cancel) =>
        {
            var check = BlockArchive.Open(context.Value(folder)).Verify(VerifyFiles.ReadAnchor(context.Value(anchor)!), cancel);
            return Task.FromResult(context.Terminal.Report(
                ExitCode.Ok,
                new { First = check.First.Value, Last = check.Last.Value, check.Transactions, Digest = check.Digest.ToString() },
                console => console.WriteLine($"Blocks {check.First} to {check.Last} hold, with {check.Transactions} transactions; the last is {check.Digest}. 归档完整有效。")));
        });
        return command;
    }

    private static ExampleCommand Prove()
    {
        var folder = Folder();
        var transaction = new Option<string>("--transaction", "-t") { Description = "Id of the transaction.", Required = true, HelpName = "HEX" };
        var output = new Option<string>("--out", "-o") { Description = "Write a LicenceProof (Protobuf): header, certificate, transaction and receipt with their paths.", Required = true, HelpName = "FILE" };
        var anchor = Anchor(required: false);
        var command = new ExampleCommand("prove", "Prove a transaction out of an archive 出具归档交易证明.", ProveExample) { folder, transaction, output, anchor };
        command.Run((context, cancel) => Task.FromResult(ProveTransaction(context, context.Value(folder), context.Value(transaction), context.Value(output), context.Value(anchor), cancel)));
        return command;
    }

    private static ExitCode ProveTransaction(CommandContext context, string folder, string transaction, string output, string? anchorPath, CancellationToken cancel)
    {
        if (!Hash256.TryParse(transaction, out var hash)) throw CommandFailure.BadInput($"'{transaction}' is no transaction id of 64 hexadecimal digits.");
        var archive = BlockArchive.Open(folder);
        if (!archive.TryProve(new TransactionId(hash), cancel, out var proof)) throw new CommandFailure(ExitCode.Negative, $"The archive holds no transaction {hash}. 归档中无此交易。");
        if (anchorPath is not null && proof.Verify(archive.AnchorBelow(VerifyFiles.ReadAnchor(anchorPath), proof.Header.Height)) is null)
            throw new CommandFailure(ExitCode.Negative, $"Block {proof.Header.Height}, which holds the transaction, is not certified by the validators that the anchor leads to. 与信任锚不符。");
        try
        {
            AtomicFile.Write(output, proof.Message.ToByteArray());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"The proof cannot be written to {output}: {failure.Message} 证明无法写出。");
        }

        var height = proof.Header.Height.Value;
        return context.Terminal.Report(
            ExitCode.Ok,
            new { Height = height, Verified = anchorPath is not null, Out = Path.GetFullPath(output) },
            console => console.WriteLine($"Transaction {hash} stands in block {height}; proof written to {output}. 证明已写出。"));
    }

    private static Argument<string> Folder() => new("folder") { Description = "The archive's folder." };

    private static Option<string?> Anchor(bool required) => new("--anchor") { Description = "The trust anchor, as anchor.json of the network directory.", Required = required, HelpName = "FILE" };
}
