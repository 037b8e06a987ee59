using System.Runtime.CompilerServices;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>What a check says when it fails: put together only then, since checks run at every step and hold.</summary>
[InterpolatedStringHandler]
internal ref struct FailureText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins the text of a check that <paramref name="holds"/> or not; <paramref name="isWanted"/> is true for one that does not.</summary>
    public FailureText(int literalLength, int formattedCount, bool holds, out bool isWanted)
    {
        isWanted = !holds;
        if (isWanted) _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>The text, once.</summary>
    public string Take() => _text.ToStringAndClear();
}
