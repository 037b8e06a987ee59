using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace LicenceChain.Cli.Output;

/// <summary>
/// Where a command writes. For people: text and tables on standard output. For machines (<c>--json</c>): exactly one JSON object on
/// standard output, <c>{"command", "ok", "exit", "result" | "error"}</c>, and nothing else.
/// </summary>
internal sealed class Terminal
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the output is no HTML; Chinese stays readable
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly string _command;
    private readonly TextWriter _output;
    private readonly TextWriter _error;

    public Terminal(string command, TextWriter output, TextWriter error, bool json)
    {
        _command = command;
        _output = output;
        _error = error;
        Json = json;
        Console = CreateConsole(json ? TextWriter.Null : output);
    }

    /// <summary>True when a machine reads the output.</summary>
    public bool Json { get; }

    /// <summary>For people; swallows everything under <c>--json</c>.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Writes the command's outcome, for whichever of the two reads it, and gives its exit code back.</summary>
    public ExitCode Report(ExitCode exit, object result, Action<IAnsiConsole>? render = null)
    {
        if (Json)
            Write(new { Command = _command, Ok = exit == ExitCode.Ok, Exit = (int)exit, Result = result });
        else
            render?.Invoke(Console);
        return exit;
    }

    /// <summary>Writes why the command ended early.</summary>
    public ExitCode Fail(CommandFailure failure)
    {
        if (Json)
        {
            Write(new { Command = _command, Ok = false, Exit = (int)failure.Exit, Error = new { failure.Message, failure.Code, Details = failure.Details.Count > 0 ? failure.Details : null } });
            return failure.Exit;
        }

        // Plain lines: never folded, whatever reads them.
        _error.WriteLine($"licencechain {_command}: {failure.Message}");
        foreach (var detail in failure.Details) _error.WriteLine("  " + detail);
        return failure.Exit;
    }

    /// <summary>One line for people exactly as it is: never folded, no markup. Nothing under <c>--json</c>.</summary>
    public void Line(string text)
    {
        if (!Json) _output.WriteLine(text);
    }

    private void Write(object document)
    {
        _output.WriteLine(JsonSerializer.Serialize(document, JsonOptions));
        _output.Flush();
    }

    private const int FileWidth = 160;

    private static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        if (output.IsTerminal) return AnsiConsole.Create(new AnsiConsoleSettings { Out = output });

        // Logs and scripts read this: no escape codes, and lines wide enough not to be folded.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = FileWidth;
        return console;
    }
}
