using System.Globalization;

namespace LicenceChain.Sdk.Client;

/// <summary>Where an event stands in the chain; also its id on the event stream, <c>height.transaction.event</c>.</summary>
/// <param name="Height">The block.</param>
/// <param name="Transaction">Index in the block.</param>
/// <param name="Event">Index in the receipt.</param>
public readonly record struct EventCursor(ulong Height, uint Transaction, uint Event) : IComparable<EventCursor>
{
    /// <summary>Parses an id of the stream.</summary>
    public static bool TryParse(string? text, out EventCursor cursor)
    {
        cursor = default;
        if (text is not { Length: > 0 and <= 64 }) return false;
        var parts = text.Split('.');
        if (parts.Length != 3
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            || !uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            || !uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return false;
        cursor = new EventCursor(height, transaction, index);
        return true;
    }

    /// <summary>Orders as the chain does.</summary>
    public int CompareTo(EventCursor other) => (Height, Transaction, Event).CompareTo((other.Height, other.Transaction, other.Event));

    /// <summary>Orders as the chain does.</summary>
    public static bool operator <(EventCursor left, EventCursor right) => left.CompareTo(right) < 0;

    /// <summary>Orders as the chain does.</summary>
    public static bool operator >(EventCursor left, EventCursor right) => left.CompareTo(right) > 0;

    /// <summary>Orders as the chain does.</summary>
    public static bool operator <=(EventCursor left, EventCursor right) => left.CompareTo(right) <= 0;

    /// <summary>Orders as the chain does.</summary>
    public static bool operator >=(EventCursor left, EventCursor right) => left.CompareTo(right) >= 0;

    /// <summary>The id on the stream.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}.{Transaction}.{Event}");
}
