using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Verifications;

/// <summary>How many verifications may be under way.</summary>
internal sealed class VerificationSlots(VerifierConfiguration configuration)
{
    private int _taken;

    /// <summary>A slot to dispose, or null when all are taken.</summary>
    public IDisposable? TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= configuration.MaxVerifications) return new Slot(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Slot(VerificationSlots slots) : IDisposable
    {
        private VerificationSlots? _slots = slots;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _slots, null) is { } owner) Interlocked.Decrement(ref owner._taken);
        }
    }
}
