using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LicenceChain.Tidy.Tests;

/// <summary>Protocol, Consensus and Contracts are pure: read from the compiled assemblies, so that no helper hides an impurity.</summary>
public sealed class PurityTests
{
    private static readonly string[] BannedNamespaces = ["System.IO.", "System.Net.", "System.Threading.", "System.Timers.", "System.Diagnostics.Process", "Microsoft.Data.", "Microsoft.AspNetCore."];

    private static readonly string[] BannedTypes =
    [
        "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Random", "System.Environment", "System.Console", "System.Double", "System.Single",
        "System.Decimal", "System.Math", "System.MathF", "System.Diagnostics.Stopwatch", "System.Globalization.CultureInfo", "System.Guid",
    ];

    /// <summary>Each with its reason.</summary>
    private static readonly string[] AllowedTypes =
    [
        "System.Threading.Interlocked",   // publishing a lazily computed, pure value
        "System.Threading.Volatile",
        "System.Threading.LazyInitializer",
        "System.Threading.Lock",          // guards a cache of pure values in Cryptography
    ];

    [Theory]
    [InlineData("LicenceChain.Protocol")]
    [InlineData("LicenceChain.Consensus")]
    [InlineData("LicenceChain.Contracts")]
    public void Pure_rooms_reference_no_clock_randomness_io_threads_or_culture(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        var metadata = file.GetMetadataReader();
        var impure = metadata.TypeReferences
            .Select(handle => metadata.GetTypeReference(handle))
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))
            .Where(IsBanned)
            .Distinct()
            .Where(type => type != "System.Environment" || UsesMoreThanTheThreadIdOfIterators(metadata));
        Assert.Empty(impure);
    }

    [Theory]
    [InlineData("LicenceChain.Protocol")]
    [InlineData("LicenceChain.Consensus")]
    [InlineData("LicenceChain.Contracts")]
    public void Pure_rooms_declare_no_floating_point(string assembly)
    {
        var room = assembly.Split('.')[1];
        var floating =
            from file in Repository.Sources
            where file.Path.StartsWith($"src/{room}/", StringComparison.Ordinal)
            from type in file.Syntax.DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.PredefinedTypeSyntax>()
            where type.ToString() is "double" or "float" or "decimal"
            select $"{file.Path}: {type}";
        Assert.Empty(floating);
    }

    [Fact]
    public void Random_numbers_are_drawn_only_where_keys_are_made()
    {
        var wrong =
            from file in Repository.Sources
            where file.Path.StartsWith("src/Protocol/", StringComparison.Ordinal) || file.Path.StartsWith("src/Consensus/", StringComparison.Ordinal) || file.Path.StartsWith("src/Contracts/", StringComparison.Ordinal)
            where file.Text.Contains("RandomNumberGenerator", StringComparison.Ordinal) && !file.Path.StartsWith("src/Protocol/Cryptography/", StringComparison.Ordinal)
            select file.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Pure_rooms_hold_no_mutable_static_field()
    {
        var wrong =
            from file in Repository.Sources
            where file.Path.StartsWith("src/Protocol/", StringComparison.Ordinal) || file.Path.StartsWith("src/Consensus/", StringComparison.Ordinal) || file.Path.StartsWith("src/Contracts/", StringComparison.Ordinal)
            from field in file.Syntax.DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.FieldDeclarationSyntax>()
            let modifiers = field.Modifiers.Select(m => m.Text).ToHashSet()
            where modifiers.Contains("static") && !modifiers.Contains("readonly") && !modifiers.Contains("const")
            select $"{file.Path}: {field.Declaration}";
        Assert.Empty(wrong);
    }

    // The compiler writes Environment.CurrentManagedThreadId into every iterator.
    private static bool UsesMoreThanTheThreadIdOfIterators(MetadataReader metadata) =>
        metadata.MemberReferences
            .Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind == HandleKind.TypeReference
                && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == "Environment")
            .Any(member => metadata.GetString(member.Name) != "get_CurrentManagedThreadId");

    private static bool IsBanned(string type) =>
        !AllowedTypes.Contains(type) && (BannedTypes.Contains(type) || BannedNamespaces.Any(ns => type.StartsWith(ns, StringComparison.Ordinal)));
}
