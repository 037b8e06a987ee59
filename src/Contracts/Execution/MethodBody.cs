using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Execution;

/// <summary>What a method does with its parsed arguments: null when it applies, or why not.</summary>
internal delegate Refusal? MethodBody<in T>(Call call, T arguments);
