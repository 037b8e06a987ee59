using LicenceChain.Hosting.Metrics;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier.Verifications;

namespace LicenceChain.Verifier;

/// <summary>What the Verifier counts.</summary>
internal sealed class VerifierMetrics
{
    private readonly MetricFamily<Counter> _decisions;
    private readonly Counter _lost;

    public VerifierMetrics(MetricsRegistry registry)
    {
        Registry = registry;
        _decisions = registry.CounterFamily("licencechain_verifications_total", "Verifications decided, by outcome and code.", "outcome", "code");
        _lost = registry.Counter("licencechain_consumptions_unknown_total", "Uses of grants whose commit could not be learned.");
    }

    public MetricsRegistry Registry { get; }

    public void Decided(RecognitionDecisionMessage decision) => _decisions.With(Decisions.NameOf(decision.Outcome), decision.Code).Increment();

    public void Lost() => _lost.Increment();
}
