using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Node.Api.Grpc;

/// <summary>The methods of api.proto, with who may call each; reflection and health beside them.</summary>
internal static class GrpcMethods
{
    private const string Chain = "/licencechain.v1.LicenceChain/";
    private const string Vault = "/licencechain.v1.Vault/";

    public static void MapGrpcMethods(this IEndpointRouteBuilder endpoints, ChainService chain, VaultGrpcService vault)
    {
        endpoints.MapUnary(Chain + "Submit", SubmitRequest.Parser, chain.SubmitAsync).RequireAuthorization(TokenPolicies.Submit);
        endpoints.MapDuplex<SubmitRequest, SubmitReply>(Chain + "SubmitStream", SubmitRequest.Parser, chain.SubmitStreamAsync).RequireAuthorization(TokenPolicies.Submit);
        endpoints.MapUnary(Chain + "Query", QueryRequest.Parser, chain.QueryAsync).RequireAuthorization(TokenPolicies.Read);
        endpoints.MapUnary(Chain + "Prove", ProveRequest.Parser, chain.ProveAsync).RequireAuthorization(TokenPolicies.Read);
        endpoints.MapUnary(Chain + "ProveTransaction", ProveTransactionRequest.Parser, chain.ProveTransactionAsync).RequireAuthorization(TokenPolicies.Read);
        endpoints.MapServerStreaming<BlocksRequest, CommittedBlockMessage>(Chain + "Blocks", BlocksRequest.Parser, chain.BlocksAsync, CommittedBlock.MaxBytes).RequireAuthorization(TokenPolicies.Read);
        endpoints.MapServerStreaming<BlocksRequest, HeaderEntry>(Chain + "Headers", BlocksRequest.Parser, chain.HeadersAsync).RequireAuthorization(TokenPolicies.Read);
        endpoints.MapServerStreaming<EventsRequest, EventEntry>(Chain + "Events", EventsRequest.Parser, chain.EventsAsync).RequireAuthorization(TokenPolicies.Read);
        endpoints.MapUnary(Chain + "Status", StatusRequest.Parser, chain.StatusAsync).AllowAnonymous();
        endpoints.MapUnary(Chain + "Why", WhyRequest.Parser, chain.WhyAsync).AllowAnonymous();
        endpoints.MapUnary(Vault + "Deposit", VaultDeposits.Parser, vault.DepositAsync).RequireAuthorization(TokenPolicies.VaultDeposit);
        endpoints.MapUnary(Vault + "Release", VaultRequest.Parser, vault.ReleaseAsync).RequireAuthorization(TokenPolicies.VaultRelease);
        endpoints.MapGrpcReflection(ApiReflection.Descriptor);
        endpoints.MapGrpcHealth();
    }
}
