using LicenceChain.Cli;

// 1. Chinese text must survive whatever code page the terminal starts with.
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

// 2. Parse; a wrong command line is exit code 2 with the message on standard error.
// 3. Run; Ctrl-C cancels the command's token and the services get time to stop in order.
try
{
    return await CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
}
#pragma warning disable CA1031 // The last boundary: what nobody expected is told with its trace, and the shell gets a number instead of an abort.
catch (Exception bug)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"licencechain: a mistake of ours, please report it with what follows.{Environment.NewLine}{bug}");
    return (int)ExitCode.Internal;
}
