using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>The chain's parameters.</summary>
internal static class ParameterChanges
{
    /// <summary>
    /// Replaces all parameters. The validity window only grows: a transaction that was admitted under a longer one would outlive the memory of its id, and could come twice.
    /// </summary>
    public static Refusal? Set(ChangeView view, ParametersRecord parameters, string where)
    {
        if (!ChainParameters.TryFrom(parameters, out _, out var error)) return new Refusal(MembershipCodes.BadParameter, $"{where}: {error}.");
        var present = view.Find(StateKeys.Parameters, ParametersRecord.Parser) ?? throw Stored.Broken("no parameters");
        if (parameters.ValidityWindow < present.ValidityWindow)
            return new Refusal(MembershipCodes.BadParameter, $"{where}: validity_window is {parameters.ValidityWindow}; it only grows, from {present.ValidityWindow}.");
        view.Put(StateKeys.Parameters, parameters, "parameters.changed", "current");
        return null;
    }
}
