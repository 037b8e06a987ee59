using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Cli.Samples;

/// <summary>Opens the files of one folder; what cannot be read becomes a problem with a reason.</summary>
internal sealed class SampleFolder(string path, SampleProblems problems)
{
    private const char ByteOrderMark = '\uFEFF'; // spreadsheets write one

    private static readonly System.Text.UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public SampleProblems Problems => problems;

    /// <summary>Reads a UTF-8 file of at most <see cref="SampleLimits.MaxFileBytes"/>; false, with a problem noted, when it cannot be had.</summary>
    public bool TryRead(string name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            var file = new FileInfo(Path.Combine(path, name));
            if (!file.Exists)
                problems.AddFile(name, $"is missing in '{path}'.");
            else if (file.Length > SampleLimits.MaxFileBytes)
                problems.AddFile(name, $"has more than {SampleLimits.MaxFileBytes} bytes.");
            else
                text = Utf8.GetString(File.ReadAllBytes(file.FullName)).TrimStart(ByteOrderMark);
        }
        catch (System.Text.DecoderFallbackException)
        {
            problems.AddFile(name, "is not UTF-8.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.AddFile(name, $"cannot be read: {failure.Message}");
        }

        return text is not null;
    }
}
