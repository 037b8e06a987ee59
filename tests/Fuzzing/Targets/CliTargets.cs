using LicenceChain.Cli;
using LicenceChain.Cli.Commands;
using LicenceChain.Cli.Issue;
using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Verify;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Verifier.Configuration;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>The files that a person hands to the command line, and the Verifier's configuration.</summary>
internal static class CliTargets
{
    private static readonly string[] SampleFiles = ["regions.csv", "agencies.csv", "licence-types.json", "licences.csv", "agreement.json", "matters.json", "fates.json", "requests.csv"];

    public static IEnumerable<FuzzTarget> All(SampleChain chain)
    {
        var file = new InputFile(chain.Folder);
        foreach (var name in SampleFiles)
        {
            // Each in a folder of its own, beside sound ones.
            var own = new InputFile(Path.Combine(chain.Folder, "input-" + name));
            yield return new FuzzTarget($"samples-{name}", name.EndsWith(".json", StringComparison.Ordinal) ? InputKind.Json : InputKind.Text, [File.ReadAllBytes(Path.Combine(chain.Samples, name))], bytes =>
                SampleReader.Read(own.FolderWith(chain.Samples, name, bytes)).Set is not null,
                "Cli.Samples.SampleReader.Read", "Cli.Samples.SampleFolder.TryRead", "Cli.Samples.CsvFile.Read", "Cli.Samples.JsonFile.TryOpen") { FixedBytes = 32 << 20, BytesPerByte = 1_000 };
        }

        const string Licence = """{"serial":"S900001","type":"resident-id","region":"310000","issuer":"113100001410070K7R","holderCode":"310101196608182095","holderName":"高娟然","issueDate":"2024-09-20","validUntil":"2044-09-20","attributes":{"name":"高娟然","sex":"女"}}""";
        yield return new("licence.json", InputKind.Json, [Bytes(Licence)], bytes => By<CommandFailure>(() => IssueInput.Read(file.With("licence.json", bytes), null, new SampleProblems())), "Cli.Issue.IssueInput.Read") { FixedBytes = 8 << 20 };
        yield return new("licence.csv", InputKind.Text, [File.ReadAllBytes(Path.Combine(chain.Samples, "licences.csv"))], bytes => By<CommandFailure>(() => IssueInput.Read(file.With("licence.csv", bytes), "S000001", new SampleProblems())), "Cli.Issue.IssueInput.Read") { FixedBytes = 8 << 20 };
        yield return new("sample-date", InputKind.Text, [Bytes("2024-02-29")], bytes => SampleDate.TryParse(Refusing.Text(bytes), out _), "Cli.Samples.SampleDate.TryParse") { MaxInput = 4_096 };
        yield return new("host-option", InputKind.Text, [Bytes("310000=10.1.0.31"), Bytes("320000=fd00::32")], bytes => By<CommandFailure>(() => CommonOptions.ReadHosts([Refusing.Text(bytes)])), "Cli.Commands.CommonOptions.ReadHosts", "Cli.Commands.CommonOptions.ReadHost") { MaxInput = 4_096 };
        yield return new("token-option", InputKind.Text, [Bytes("eyJhbGciOiJTTTIifQ.e30.c2ln")], bytes => By<CommandFailure>(() => CommonOptions.ReadToken(Refusing.Text(bytes))), "Cli.Commands.CommonOptions.ReadToken") { MaxInput = 4_096 };
        yield return new("scenario", InputKind.Text, [Bytes("granted")], bytes => ScenarioNames.TryParse(Refusing.Text(bytes), out _) | ScenarioNames.TryParseFate(Refusing.Text(bytes), out _), "Cli.Samples.ScenarioNames.TryParse", "Cli.Samples.ScenarioNames.TryParseFate") { MaxInput = 4_096 };
        yield return new("anchor.json", InputKind.Json, [File.ReadAllBytes(chain.Directory.AnchorPath)], bytes => By<CommandFailure>(() => VerifyFiles.ReadAnchor(file.With("anchor.json", bytes))), "Cli.Verify.VerifyFiles.ReadAnchor") { FixedBytes = 8 << 20 };
        yield return new("shown.bin", InputKind.Proto, [File.ReadAllBytes(chain.Presentation)], bytes => By<CommandFailure>(() => VerifyFiles.ShownNames(VerifyFiles.ReadPresentation(file.With("shown.bin", bytes)))), "Cli.Verify.VerifyFiles.ReadPresentation") { FixedBytes = 8 << 20 };
        yield return new("bundle.bin", InputKind.Proto, [File.ReadAllBytes(chain.Bundle)], bytes => By<CommandFailure>(() =>
        {
            var path = file.With("bundle.bin", bytes);
            _ = VerifyFiles.TryReadBundle(path);
            _ = VerifyFiles.ReadProof(path);
        }), "Cli.Verify.VerifyFiles.TryReadBundle", "Cli.Verify.VerifyFiles.ReadProof") { FixedBytes = 8 << 20, BytesPerByte = 300 };
        yield return new("verifier.json", InputKind.Json, [File.ReadAllBytes(chain.Directory.Regions[0].VerifierConfigurationPath)], bytes =>
            By<VerifierConfigurationException>(() => VerifierConfigurationFile.Read(file.With("verifier.json", bytes))), "Verifier.Configuration.VerifierConfigurationFile.Read") { FixedBytes = 4 << 20 };
    }
}
