using System.CommandLine;
using LicenceChain.Cli;

// 1. Chinese text must survive whatever code page the terminal starts with.
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

// 2. Parse; a wrong command line is exit code 2 with the message on standard error.
// 3. Run; Ctrl-C cancels the command's token and the services get time to stop in order.
return await CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
