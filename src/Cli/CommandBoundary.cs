using System.CommandLine;
using LicenceChain.Cli.Output;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Listening;
using LicenceChain.Node;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Sdk;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Cli;

/// <summary>The one place where exceptions become messages and exit codes.</summary>
internal static class CommandBoundary
{
    public static async Task<int> RunAsync(ParseResult parsed, Func<CommandContext, CancellationToken, Task<ExitCode>> run, CancellationToken cancel)
    {
        var terminal = new Terminal(Path(parsed.CommandResult.Command), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(CommandTree.Json));
        try
        {
            return (int)await run(new CommandContext(parsed, terminal), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (int)terminal.Fail(new CommandFailure(ExitCode.Negative, "Stopped before the end."));
        }
        catch (CommandFailure failure)
        {
            return (int)terminal.Fail(failure);
        }
        catch (LicenceChainException failure)
        {
            return (int)terminal.Fail(Describe(failure));
        }
        catch (HttpRequestException failure)
        {
            return (int)terminal.Fail(new CommandFailure(ExitCode.NotReachable, $"No answer: {failure.Message} Is the network running (licencechain up)?"));
        }
        catch (StorageFaultException failure)
        {
            return (int)terminal.Fail(new CommandFailure(ExitCode.StorageFailed, failure.Message));
        }
        catch (OutdatedProgramException failure)
        {
            return (int)terminal.Fail(new CommandFailure(ExitCode.Outdated, failure.Message));
        }
        catch (NodeFaultException failure)
        {
            return (int)terminal.Fail(new CommandFailure(ExitCode.Internal, $"A node stopped itself. {failure.Message}"));
        }
        catch (Exception failure) when (IsForTheOperator(failure))
        {
            return (int)terminal.Fail(CommandFailure.BadInput(failure.Message));
        }
    }

    /// <summary>For example <c>keys generate</c>: without the program's own name.</summary>
    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand) is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    // Their messages name the file, the port or the setting, and what to do.
    private static bool IsForTheOperator(Exception failure) => failure
        is IOException or UnauthorizedAccessException or SecretFileException or PortInUseException or NetworkDirectoryException or VerifierConfigurationException
        or CorruptStorageException or AccessLogDamagedException;

    private static CommandFailure Describe(LicenceChainException failure) => failure.Code switch
    {
        SdkCodes.Unreachable => new CommandFailure(ExitCode.NotReachable, $"{failure.Message} Is the network running (licencechain up)?", code: failure.Code),
        SdkCodes.WalletUnreadable or SdkCodes.WalletLocked or SdkCodes.NotInWallet => new CommandFailure(ExitCode.BadInput, failure.Message, code: failure.Code),
        _ => new CommandFailure(ExitCode.Refused, failure.Message, code: failure.Code),
    };
}
