using System.Net;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>What lies between the nodes of a network, and what can be done to it. Nodes are counted as in the network's directory.</summary>
internal interface IFaultNetwork : IAsyncDisposable
{
    /// <summary>One line for the report: what kind it is.</summary>
    string Description { get; }

    /// <summary>Faults that only this kind knows, each drawn for some victims; <see cref="Heal"/> ends them.</summary>
    IReadOnlyList<Func<Random, IReadOnlyList<int>, LineFault>> OwnFaults { get; }

    /// <summary>The address of a node's host; of one that is yet to be added, too.</summary>
    IPAddress AddressOf(int node);

    /// <summary>What comes before a command that runs on a node's host; nothing where all share this one.</summary>
    IReadOnlyList<string> On(int node);

    /// <summary>Nothing passes between <paramref name="group"/> and the rest, in either direction, until <see cref="Heal"/>.</summary>
    void Part(IReadOnlyCollection<int> group);

    /// <summary>Nothing that <paramref name="node"/> sends arrives anywhere; it hears everybody.</summary>
    void Mute(int node);

    /// <summary>Nothing arrives at <paramref name="node"/>; everybody hears it.</summary>
    void Deafen(int node);

    /// <summary>Every connection of <paramref name="node"/> ends with a reset.</summary>
    void Reset(int node);

    /// <summary>Connections of <paramref name="node"/> are reset, and refused until <see cref="Heal"/>.</summary>
    void Refuse(int node);

    /// <summary>What <paramref name="node"/> sends and hears takes <paramref name="delay"/> more until it is disposed.</summary>
    IDisposable Slow(int node, TimeSpan delay);

    /// <summary>Everything passes again.</summary>
    void Heal();
}
