using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>One way to lie. It acts for a seat through the plot, and any number of them act together.</summary>
internal interface IStrategy
{
    /// <summary>A height begins.</summary>
    void OnHeight(Plot plot)
    {
    }

    /// <summary>A message of a correct validator was heard; the plot has learnt from it already.</summary>
    void OnMessage(Plot plot, ConsensusMessage message)
    {
    }

    /// <summary>Time went by.</summary>
    void OnTime(Plot plot)
    {
    }
}
