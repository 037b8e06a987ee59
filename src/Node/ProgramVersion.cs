using System.Reflection;

namespace LicenceChain.Node;

/// <summary>Which build this program is, as its assembly says it.</summary>
public static class ProgramVersion
{
    // What a standing and an attestation take.
    private const int MaxLength = 64;

    /// <summary>For example <c>1.0.0+493160f…</c>: at most 64 printable characters.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var text = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var sound = new string([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-')]);
        return sound.Length <= MaxLength ? sound : sound[..MaxLength];
    }
}
