using LicenceChain.Cli.Output;
using LicenceChain.Node;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Snapshots;
using Spectre.Console;

namespace LicenceChain.Cli.Network;

/// <summary><c>node snapshot</c>.</summary>
internal static class SnapshotRun
{
    public static async Task<ExitCode> RunAsync(string config, string? output, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            var made = await NodeSnapshot.MakeAsync(NodeConfigurationFile.Read(config), output, TimeProvider.System, cancel);
            return terminal.Report(ExitCode.Ok, new { Height = made.Height.Value, StateRoot = made.StateRoot.ToString(), made.Rows, made.Bytes, made.Chunks, made.Folder }, console =>
                console.MarkupLineInterpolated($"Snapshot of height {made.Height} 快照: {made.Rows} rows, {made.Bytes} bytes in {made.Chunks} chunks; state root {made.StateRoot}. {made.Folder}"));
        }
        catch (NodeFaultException failure)
        {
            throw CommandFailure.BadInput(failure.Message);
        }
    }
}
