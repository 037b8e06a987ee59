using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Fuzzing.Targets;
using Xunit.Abstractions;

namespace LicenceChain.Fuzzing;

/// <summary>A short time of random input for every decoder and API; a longer one is run by hand.</summary>
public sealed class FuzzTests(FuzzTests.RunningChain running, ITestOutputHelper output) : IClassFixture<FuzzTests.RunningChain>
{
    private const int Inputs = 400;
    private static readonly TimeSpan Decoders = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Apis = TimeSpan.FromSeconds(6);

    /// <summary>Entry points that no target names, and why.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["Cli.Clients.Passphrase.Read"] = "a line of text, compared with nothing here",
        ["Cli.Up.SampleNetwork.Open"] = "opens NetworkDirectory, which has a target",
        ["Contracts.Execution.Stored.Parse"] = "reads our own state; damage there stops the node",
        ["Hosting.AccessLog.IndexedAccessLog.Open"] = "opens AccessLogStore, which has the target access-log",
        ["Hosting.Files.KeystoreFile.Open"] = "reads a file for KeystoreCodec, which has a target",
        ["Hosting.Files.KeystoreFile.OpenWithPassphraseFile"] = "reads a file for KeystoreCodec, which has a target",
        ["Hosting.Files.SecretFile.Read"] = "reads a bounded file, whatever is in it",
        ["Hosting.Tokens.TokenAuthority.OpenOrCreate"] = "reads a file for TokenKeys, which has a target",
        ["Node.Network.LinkCertificate.Load"] = "the operator's own certificate, read by the platform",
        ["Node.Network.LinkCertificates.Open"] = "the same, and the next one beside it",
        ["Node.Storage.FrozenRows.TryOpen"] = "SQLite reads its own file",
        ["Node.Storage.SqliteSchema.OpenLoader"] = "SQLite reads its own file",
        ["Node.Storage.SqliteSchema.OpenReader"] = "SQLite reads its own file",
        ["Node.Storage.SqliteSchema.OpenWriter"] = "SQLite reads its own file",
        ["Node.Storage.SqliteStateStore.Open"] = "SQLite reads its own file",
        ["Node.Archiving.BlockArchive.Open"] = "reads records of SetChange, both of which have targets",
        ["Node.Storage.StateTreeLoader.Load"] = "SQLite reads its own file",
        ["Node.Storage.StateDatabase.Open"] = "SQLite reads its own file",
        ["Node.Vault.VaultStore.Open"] = "SQLite reads its own file",
        ["Protocol.Cryptography.Sm2Scalar.Read"] = "exactly 32 bytes, lengths checked by the caller",
        ["Sdk.Wallets.WalletBook.OpenAsync"] = "reads a file for WalletCodec, which has a target",
        ["Sdk.Wallets.WalletFile.OpenAsync"] = "reads a file for WalletCodec, which has a target",
        ["Verifier.Audit.AuditService.ReadAsync"] = "decodes nothing: reads the trail of a licence",
    };

    [Fact]
    public void Every_entry_point_that_decodes_has_a_target_or_a_reason()
    {
        using var apis = new ApiTargets(running.Chain);
        var targets = Catalogue.All(running.Chain, apis);
        var covered = targets.SelectMany(target => target.Covers).ToHashSet(StringComparer.Ordinal);
        var all = EntryPoints.All().Select(EntryPoints.NameOf).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(all.Where(name => !covered.Contains(name) && !Elsewhere.ContainsKey(name)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Elsewhere.Keys, name => !all.Contains(name) || covered.Contains(name));
        output.WriteLine($"{all.Count} entry points, {covered.Count} under {targets.Count} targets, {Elsewhere.Count} elsewhere");
    }

    [Fact]
    public void Decoders_refuse_what_is_wrong_and_nothing_else_happens() => Run(Catalogue.Decoders(running.Chain), Decoders);

    [Fact]
    public void Apis_answer_bad_input_with_a_refusal()
    {
        using var apis = new ApiTargets(running.Chain);
        Run([.. apis.All()], Apis);
    }

    private void Run(IReadOnlyList<FuzzTarget> targets, TimeSpan time)
    {
        var late = new List<string>();
        using var watchdog = new Watchdog(late.Add);
        var (failures, executions) = (new List<FuzzFailure>(), 0L);
        foreach (var target in targets)
        {
            var fuzzer = new Fuzzer(target, Fuzzer.FirstSeed);
            if (fuzzer.Run(Inputs, time / targets.Count, watchdog) is { } found) failures.Add(found);
            executions += fuzzer.Executions;
        }

        output.WriteLine($"{targets.Count} targets, {executions:N0} inputs from seed {Fuzzer.FirstSeed}; slow on this machine: {late.Count}");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>One network for all of it.</summary>
    public sealed class RunningChain : IAsyncLifetime
    {
        internal SampleChain Chain { get; private set; } = null!;

        public async Task InitializeAsync() => Chain = await SampleChain.StartAsync();

        public Task DisposeAsync() => Chain.DisposeAsync().AsTask();
    }
}
