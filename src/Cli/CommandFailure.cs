namespace LicenceChain.Cli;

/// <summary>Ends a command with an exit code and a message that says what to do. Thrown for what a user can meet, never for a bug.</summary>
internal sealed class CommandFailure : Exception
{
    public CommandFailure(ExitCode exit, string message, IReadOnlyList<string>? details = null, string? code = null)
        : base(message)
    {
        Exit = exit;
        Details = details ?? [];
        Code = code;
    }

    /// <summary>Never <see cref="ExitCode.Ok"/>.</summary>
    public ExitCode Exit { get; }

    /// <summary>Further lines, for example one for each broken row.</summary>
    public IReadOnlyList<string> Details { get; }

    /// <summary>The stable code of a refusal; null where none was given.</summary>
    public string? Code { get; }

    public static CommandFailure BadInput(string message, params IReadOnlyList<string> details) => new(ExitCode.BadInput, message, details);
}
