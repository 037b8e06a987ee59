using LicenceChain.Hosting.Problems;
using LicenceChain.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Verifier.Api;

/// <summary>Answers with a problem document where no decision could be taken: the log or the chain is out of reach.</summary>
internal static class VerifierProblems
{
    public static void UseVerifierProblems(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (VerifierException refused) when (!context.Response.HasStarted)
        {
            await ApiProblem.Result(refused.Code, StatusCodes.Status503ServiceUnavailable, "Not available", refused.Message).ExecuteAsync(context);
        }
        catch (LicenceChainException lost) when (!context.Response.HasStarted)
        {
            await ApiProblem.Result(lost.Code, StatusCodes.Status503ServiceUnavailable, "The chain cannot be asked", $"No node gave an answer that holds ({lost.Code}): try again.").ExecuteAsync(context);
        }
    });
}
