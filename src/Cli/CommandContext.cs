using System.CommandLine;
using LicenceChain.Cli.Output;

namespace LicenceChain.Cli;

/// <summary>What a command gets: the parsed options and where to write.</summary>
internal sealed record CommandContext(ParseResult Parsed, Terminal Terminal)
{
    /// <summary>The value of an option that has one or a default.</summary>
    public T Value<T>(Option<T> option) => Parsed.GetValue(option)!;

    /// <summary>The value of an argument that has one or a default.</summary>
    public T Value<T>(Argument<T> argument) => Parsed.GetValue(argument)!;
}
