using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Hosting.Tests.AccessLog;

public sealed class IndexedAccessLogTests
{
    private const string Origin = "11310000MB0000000X/verifier";
    private static readonly byte[] Grant = [.. Enumerable.Repeat((byte)7, 32)];

    private readonly MemoryLogFiles _files = new();

    [Fact]
    public async Task Entries_are_found_by_licence_grant_and_requester_also_after_a_restart()
    {
        await using (var log = Open())
        {
            Assert.Equal(0UL, await log.AppendAsync(Record("a", "one"), default));
            Assert.Equal(1UL, await log.AppendAsync(Record("b", "two"), default));
            Assert.Equal(2UL, await log.AppendAsync(Record("a", "two"), default));
            Check(log);
        }

        await using var again = Open();
        Check(again);

        static void Check(IndexedAccessLog log)
        {
            Assert.True(GrantId.TryFrom(Grant, out var grant));
            Assert.Equal([0UL, 2UL], log.ByLicence("a"));
            Assert.Equal([2UL], log.ByLicence("a", from: 1));
            Assert.Equal([1UL, 2UL], log.ByRequester("two"));
            Assert.Equal([0UL, 1UL, 2UL], log.ByGrant(grant));
            Assert.Empty(log.ByLicence("c"));
        }
    }

    [Fact]
    public async Task Entry_carries_the_exact_record_and_a_proof_that_verifies()
    {
        await using var log = Open();
        for (var i = 0; i < 5; i++) await log.AppendAsync(Record("licence" + i, "one"), default);
        var entry = log.Entry(3, 5);
        Assert.Equal("licence3", AccessRecord.Parser.ParseFrom(entry.Record).LicenceId);
        Assert.Equal(Origin, AccessRecord.Parser.ParseFrom(entry.Record).Origin);
        Hash256[] path = [.. entry.Inclusion.Path.Select(hash => Hash256.From(hash.Span))];
        Assert.True(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(entry.Record.Span), 3, 5, path, Hash256.From(entry.Inclusion.Root.Span)));
        Assert.Equal(log.Checkpoint(), new LogCheckpoint(entry.Inclusion.Size, Hash256.From(entry.Inclusion.Root.Span)));
    }

    [Fact]
    public async Task Concurrent_appends_share_flushes_and_each_gets_its_own_index()
    {
        await using var log = Open();
        var indices = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => log.AppendAsync(Record("l" + i, "one"), default)));
        Assert.Equal(500, indices.Distinct().Count());
        for (var i = 0; i < 500; i++) Assert.Equal([indices[i]], log.ByLicence("l" + i));
        Assert.True(_files["records"].Flushes < 500, $"{_files["records"].Flushes} flushes for 500 appends");
    }

    [Fact]
    public async Task Failed_disk_is_told_to_whoever_waits()
    {
        await using var log = Open();
        _files.FailWrites = true;
        await Assert.ThrowsAsync<IOException>(() => log.AppendAsync(Record("a", "one"), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendAsync(Record("a", "one"), default));
    }

    [Fact]
    public async Task Damage_is_told_with_the_folder_it_is_in()
    {
        await using (var log = Open())
            for (var i = 0; i < 2; i++) await log.AppendAsync(Record("licence" + i, "one"), default);
        _files["records"].Bytes[LogFrame.HeaderBytes] ^= 1;
        Assert.StartsWith(_files.Location, Assert.Throws<AccessLogDamagedException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_contradicts_a_checkpoint_of_entries_that_it_lost_or_holds_otherwise_and_no_other()
    {
        await using var log = Open();
        for (var i = 0; i < 3; i++) await log.AppendAsync(Record("licence" + i, "one"), default);
        var anchored = log.CheckpointAt(2);

        Assert.Null(log.Contradiction(new CheckpointRecord()));
        Assert.Null(log.Contradiction(Of(2, anchored.Root)));
        Assert.Contains("are not those", log.Contradiction(Of(2, log.CheckpointAt(1).Root)), StringComparison.Ordinal);
        Assert.Contains("are missing", log.Contradiction(Of(4, anchored.Root)), StringComparison.Ordinal);

        static CheckpointRecord Of(ulong size, Hash256 root) => new() { Origin = Origin, Size = size, Root = ByteString.CopyFrom(root.Span) };
    }

    [Fact]
    public void Log_of_another_program_is_refused()
    {
        using (var store = AccessLogStore.Open(_files)) store.Append([0xFF, 0xFF]);
        Assert.Throws<AccessLogDamagedException>(Open);
    }

    private IndexedAccessLog Open() => IndexedAccessLog.Open(_files, Origin, NullLogger<IndexedAccessLog>.Instance);

    private static AccessRecord Record(string licence, string requester) =>
        new() { LicenceId = licence, Requester = requester, GrantId = ByteString.CopyFrom(Grant), Side = AccessSide.Verifier, Decision = AccessDecision.Refused };
}
