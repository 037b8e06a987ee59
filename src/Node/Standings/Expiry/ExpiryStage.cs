namespace LicenceChain.Node.Standings.Expiry;

/// <summary>How near an expiry is; ascending.</summary>
internal enum ExpiryStage
{
    /// <summary>Never asked.</summary>
    Unspecified = 0,

    /// <summary>More than 90 days.</summary>
    Far = 1,

    /// <summary>At most 90 days: time to plan.</summary>
    Quarter = 2,

    /// <summary>At most 30 days: time to propose.</summary>
    Month = 3,

    /// <summary>At most 7 days, or over: an alarm.</summary>
    Week = 4,
}
