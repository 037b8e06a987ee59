using System.Globalization;

namespace LicenceChain.Node.Api;

/// <summary>Where an event stands on the chain; written <c>height.transaction.event</c>. Ordered as the chain orders.</summary>
internal readonly record struct EventPosition(ulong Height, uint Transaction, uint Event) : IComparable<EventPosition>
{
    public static bool TryParse(string? text, out EventPosition position)
    {
        position = default;
        if (text?.Split('.') is not [var height, var transaction, var index]
            || !ulong.TryParse(height, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var h)
            || !uint.TryParse(transaction, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var t)
            || !uint.TryParse(index, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var e))
            return false;
        position = new EventPosition(h, t, e);
        return position.ToString() == text; // one position, one text
    }

    public int CompareTo(EventPosition other) => (Height, Transaction, Event).CompareTo((other.Height, other.Transaction, other.Event));

    public static bool operator <(EventPosition left, EventPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(EventPosition left, EventPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventPosition left, EventPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventPosition left, EventPosition right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height}.{Transaction}.{Event}");
}
