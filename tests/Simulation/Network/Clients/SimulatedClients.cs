using LicenceChain.Node;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Simulation.Network.Checks;

namespace LicenceChain.Simulation.Network.Clients;

/// <summary>
/// Clients that submit licence transactions to nodes of their choice, ask another node when one does not answer (with the same transaction), and remember every
/// acknowledgement: what they were told is there at the end, once, where they were told.
/// </summary>
internal sealed class SimulatedClients
{
    private const int MaxOpen = 512;
    private const int MaxTries = 6;
    private const int PatientTries = 100;
    private const ulong PatientWindow = 900;
    private const int BurstPerMille = 60;
    private const int MaxBurst = 30;

    private readonly SimulatedNetwork _network;
    private readonly SeededRandom _random;
    private readonly ulong _meanPauseUs;
    private readonly List<ClientDesk> _desks = [];
    private readonly List<ClientRequest> _open = [];
    private readonly List<ClientRequest> _told = [];
    private readonly Dictionary<ClientRequest, ClientDesk> _owners = [];

    public SimulatedClients(SimulatedNetwork network, SeededRandom random, int count, ulong meanPauseUs)
    {
        (_network, _random, _meanPauseUs) = (network, random, meanPauseUs);
        for (var i = 0; i < count; i++) _desks.Add(new ClientDesk(i % network.Cast.Founders, network.Cast.Members[i % network.Cast.Founders], random.Fork((ulong)i)));
        network.Checks.Turned = OnTurn;
    }

    /// <summary>Acknowledgements that clients hold.</summary>
    public int Acknowledged => _told.Count;

    /// <summary>Transactions that clients made.</summary>
    public int Made { get; private set; }

    private Protocol.Identifiers.OrganisationCode TypeOwner => _network.Cast.Members[0].Code;

    /// <summary>The catalogue first, then everybody at its own pace.</summary>
    public void Start()
    {
        _network.Time.After(SimulatedTime.Second, () => Want(_desks[0], _desks[0].Register(TypeOwner, ValidUntil())));
        foreach (var desk in _desks) _network.Time.After(Pause(), () => Act(desk));
    }

    /// <summary>One more transaction, now, and as often as it takes: the caller waits for it.</summary>
    public ClientRequest Ask()
    {
        var request = _desks[0].Next(TypeOwner, new Height(_network.Checks.Chain.Height + ulong.Min(PatientWindow, MostAhead)));
        request.Tries = -PatientTries;
        Want(_desks[0], request);
        return request;
    }

    /// <summary>True once no client waits for anything.</summary>
    public bool IsQuiet => _open.Count == 0;

    /// <summary>Nobody begins anything new.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Every acknowledged transaction is in the chain of every one of these nodes, once, where the client was told; every licence can be proven there.</summary>
    public void RequireKept(IEnumerable<SimulatedMachine> machines)
    {
        foreach (var request in _told) _network.Checks.Chain.RequireCommitted(-1, request.Told!);
        var licences = _told.Where(r => r.Licence is not null && r.Told!.Receipt.Applied).Select(r => StateKeys.Licence(r.Licence!.Value)).ToList();
        foreach (var machine in machines)
        {
            var publisher = machine.Node!.Publisher;
            foreach (var request in _told.Where(request => request.Told!.Height >= machine.Node!.Blocks.Lowest)) // where a snapshot begins, older ones are not known
            {
                var isThere = publisher.TryGetTransaction(request.Transaction.Id, out var height, out var index) && (height, index) == (request.Told!.Height, request.Told.Index);
                NetworkChecks.Require(isThere, $"node{machine.Index} does not find {SimulatedNetwork.Short(request.Transaction.Id)} where it was acknowledged, at {request.Told!.Height}/{request.Told.Index}.");
            }

            if (licences.Count > 0) RequireProof(machine, [.. licences.TakeLast(Protocol.Encoding.ProtocolLimits.MaxProofKeys)]);
        }
    }

    private void RequireProof(SimulatedMachine machine, IReadOnlyList<StateKey> keys)
    {
        var asked = machine.Node!.Publisher.ProveAsync(keys, CancellationToken.None).AsTask();
        NetworkChecks.Require(asked.IsCompletedSuccessfully, $"node{machine.Index} does not prove licences at once.");
        var facts = asked.Result.Verify(_network.Checks.Chain.AnchorAt(machine.Node.Chain.Height.Value - 1));
        NetworkChecks.Require(facts is not null && keys.All(key => facts.TryGet(key, out var value) && value is not null), $"node{machine.Index}'s proof of acknowledged licences does not hold.");
    }

    private void Act(ClientDesk desk)
    {
        _network.Time.After(Pause(), () => Act(desk));
        if (IsClosing) return;
        var count = _random.Chance(BurstPerMille) ? 1 + _random.Below(MaxBurst) : 1;
        for (var i = 0; i < count && _open.Count < MaxOpen; i++) Want(desk, desk.Next(TypeOwner, ValidUntil()));
    }

    /// <summary>Submits a transaction of somebody else, as often as a client would.</summary>
    public void Pursue(ClientRequest request)
    {
        Made++;
        _open.Add(request);
        Try(request);
    }

    private void Want(ClientDesk desk, ClientRequest request)
    {
        NetworkChecks.Require(_network.Memo.TakeOwn(request.Transaction, desk.Key), "A client's signature is not its own.");
        _owners.Add(request, desk);
        Pursue(request);
    }

    private void Try(ClientRequest request)
    {
        if (request.IsOver) return;
        if (request.Tries == MaxTries || request.Transaction.ValidUntil.Value < _network.Checks.Chain.Height)
        {
            Close(request);
            return;
        }

        request.Tries++;
        var machine = _random.Pick(_network.Machines);
        if (_network.Submit(machine, request.Transaction) is { } submission) request.Open.Add((machine, machine.Life, submission));
        _network.Time.After(_random.Between(2 * SimulatedTime.Second, 20 * SimulatedTime.Second), () => Try(request));
    }

    private void OnTurn(SimulatedMachine machine)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var request = _open[i];
            for (var j = request.Open.Count - 1; j >= 0; j--)
            {
                var (asked, life, submission) = request.Open[j];
                if (asked != machine || !submission.Result.IsCompleted) continue;
                request.Open.RemoveAt(j);
                if (life == machine.Life) Hear(request, machine, submission.Result.Result);
            }
        }
    }

    private void Hear(ClientRequest request, SimulatedMachine machine, SubmitResult answer)
    {
        machine.Note(TraceKind.Answered, answer.Height?.Value ?? 0, (ulong)answer.Index);
        if (_network.Trace.IsWritten) _network.Trace.Line(machine.Index, $"answers for {SimulatedNetwork.Short(request.Transaction.Id)}: {(answer.Height is { } at ? $"committed at {at}/{answer.Index}, {answer.Receipt!.Code}" : answer.Refusal?.Code)}");
        if (answer.Receipt is not { } receipt) return; // asked again later, of another node
        var told = new ChainCheck.SubmitResultPlace(request.Transaction.Id, answer.Height!.Value, answer.Index, receipt);
        _network.Checks.Chain.RequireCommitted(machine.Index, told);
        if (request.Told is not null) return;
        request.Told = told;
        _told.Add(request);
        if (request.Licence is { } licence && receipt.Applied) _owners[request].OnIssued(licence);
        Close(request);
    }

    private void Close(ClientRequest request)
    {
        if (request.IsOver) return;
        request.IsOver = true;
        _open.Remove(request);
        _owners.Remove(request);
    }

    // A node that lags by a few blocks still takes it.
    private ulong MostAhead => _network.Cast.Genesis.Parameters.ValidityWindow - 8;

    private Height ValidUntil() => new(_network.Checks.Chain.Height + _random.Between(5, ulong.Min(200, MostAhead)));

    private ulong Pause() => _random.Between(1, 2 * _meanPauseUs);
}
