using Microsoft.AspNetCore.Builder;

namespace LicenceChain.Hosting.Problems;

/// <summary>Adds problem documents to a service.</summary>
public static class ProblemExtensions
{
    /// <summary>Call it first of all middleware: what stands before it can still leak an exception's text.</summary>
    public static IApplicationBuilder UseLicenceChainProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemMiddleware>();
}
