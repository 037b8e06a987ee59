using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Api.Grpc;

/// <summary>licencechain.v1.Vault.</summary>
internal sealed class VaultGrpcService(VaultService vault)
{
    public Task<VaultDepositReply> DepositAsync(VaultDeposits request, GrpcCallContext context) =>
        vault.Deposit(request) is { } refusal
            ? throw new GrpcException(VaultCodes.IsUndetermined(refusal.Code) ? GrpcStatus.Unavailable : GrpcStatus.FailedPrecondition, refusal.ToString())
            : Task.FromResult(new VaultDepositReply { Stored = (uint)request.Deposits.Count });

    public Task<VaultReply> ReleaseAsync(VaultRequest request, GrpcCallContext context) => vault.ReleaseAsync(request, context.CancellationToken);
}
