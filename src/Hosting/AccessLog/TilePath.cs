using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>The address of a tile in C2SP tlog-tiles: <c>tile/&lt;level&gt;/&lt;number&gt;[.p/&lt;width&gt;]</c>, the number in groups of three digits, all but the last led by x.</summary>
/// <param name="Level">0 to 7.</param>
/// <param name="Number">Position within the level.</param>
/// <param name="Width">1 to 256; below 256 the tile is partial.</param>
public readonly record struct TilePath(int Level, ulong Number, int Width)
{
    private const int MaxLength = 64;

    /// <summary>Reads an address without a leading slash; false for any that <see cref="ToString"/> would write otherwise.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TilePath path)
    {
        path = default;
        if (text is null || text.Length > MaxLength) return false;
        var parts = text.Split('/');
        if (parts.Length < 3 || parts[0] != "tile" || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var level) || level > 7) return false;
        var width = HashTiles.Width;
        var last = parts.Length;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= HashTiles.Width) return false;
            parts[^2] = parts[^2][..^2];
            last--;
        }

        var digits = string.Concat(parts[2..last].Select(part => part.StartsWith('x') ? part[1..] : part));
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        path = new TilePath(level, number, width);
        return path.ToString() == text;
    }

    /// <summary>E.g. <c>tile/0/x001/x234/067.p/8</c>.</summary>
    public override string ToString()
    {
        var digits = Number.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var text = new StringBuilder("tile/").Append(Level);
        for (var i = 0; i < digits.Length; i += 3) text.Append(i + 3 < digits.Length ? "/x" : "/").Append(digits, i, 3);
        return Width == HashTiles.Width ? text.ToString() : text.Append(".p/").Append(Width).ToString();
    }
}
