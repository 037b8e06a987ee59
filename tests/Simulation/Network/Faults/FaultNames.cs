namespace LicenceChain.Simulation.Network.Faults;

/// <summary>Fault kinds as they are written on a command line.</summary>
internal static class FaultNames
{
    private static readonly IReadOnlyList<(string Name, FaultKinds Kind)> Names =
    [
        ("crash", FaultKinds.Crash), ("crash-point", FaultKinds.CrashPoint), ("lost-log", FaultKinds.LostLog), ("twin", FaultKinds.Twin),
        ("partition", FaultKinds.Partition), ("one-way", FaultKinds.OneWay), ("loss", FaultKinds.Loss), ("duplicate", FaultKinds.Duplicate),
        ("reorder", FaultKinds.Reorder), ("slow-link", FaultKinds.SlowLink), ("clock", FaultKinds.Clock), ("torn-write", FaultKinds.TornWrite),
        ("bit-rot", FaultKinds.BitRot), ("full-disk", FaultKinds.FullDisk), ("slow-flush", FaultKinds.SlowFlush),
        ("add-seat", FaultKinds.AddSeat), ("remove-seat", FaultKinds.RemoveSeat), ("rotate-key", FaultKinds.RotateKey), ("forgive-log", FaultKinds.ForgiveLog),
        ("parameters", FaultKinds.Parameters), ("upgrade", FaultKinds.Upgrade), ("lost-data", FaultKinds.LostData), ("archive", FaultKinds.Archive),
    ];

    /// <summary>The single kinds.</summary>
    public static IEnumerable<FaultKinds> Kinds => Names.Select(n => n.Kind);

    /// <summary>All names, for help.</summary>
    public static string List => string.Join(",", Names.Select(n => n.Name));

    /// <summary>Reads <c>all</c>, <c>none</c> or names with commas between; false for an unknown one.</summary>
    public static bool TryParse(string text, out FaultKinds kinds)
    {
        kinds = text == "all" ? FaultKinds.All : FaultKinds.None;
        if (text is "all" or "none") return true;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var kind = Names.FirstOrDefault(n => n.Name == part).Kind;
            if (kind == FaultKinds.None) return false;
            kinds |= kind;
        }

        return true;
    }

    /// <summary>The shortest text that reads as this.</summary>
    public static string Write(FaultKinds kinds) => kinds switch
    {
        FaultKinds.All => "all",
        FaultKinds.None => "none",
        _ => string.Join(",", Names.Where(n => kinds.HasFlag(n.Kind)).Select(n => n.Name)),
    };
}
