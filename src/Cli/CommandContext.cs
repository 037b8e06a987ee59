using System.CommandLine;
using LicenceChain.Cli.Output;

namespace LicenceChain.Cli;

/// <summary>What a command gets: the parsed options and where to write.</summary>
internal sealed record CommandContext(ParseResult Parsed, Terminal Terminal)
{
    /// <summary>The value of an option that has one or a default.</summary>
    public T Value<T>(Option<T> option) => Parsed.GetValue(option)!;

    /// <summary>True when the option stood on the command line, rather than having its default.</summary>
    public bool IsGiven(Option option) => Parsed.GetResult(option) is { Implicit: false };

    /// <summary>The value of an argument that has one or a default.</summary>
    public T Value<T>(Argument<T> argument) => Parsed.GetValue(argument)!;
}
