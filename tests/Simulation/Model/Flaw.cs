namespace LicenceChain.Simulation.Model;

/// <summary>A bug planted in all correct seats, to see that the search would find one.</summary>
internal enum Flaw
{
    /// <summary>None.</summary>
    Unspecified = 0,

    /// <summary>RoundChanges are sent without the prepared block that they must claim.</summary>
    DropsClaim = 1,

    /// <summary>A restart finds an empty log and votes all the same.</summary>
    LosesLog = 2,
}
