using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Verifier.Tests.Audit;

public sealed class AccessJournalTests
{
    [Fact]
    public async Task When_the_disk_fails_nothing_may_be_answered()
    {
        await using var log = IndexedAccessLog.Open(new FullDisk(), "11110000000021135M/verifier", NullLogger<IndexedAccessLog>.Instance);
        var journal = new AccessJournal(log, NullLogger<AccessJournal>.Instance);
        for (var attempt = 0; attempt < 2; attempt++)
            Assert.Equal(VerifierCodes.LogUnavailable, (await Assert.ThrowsAsync<VerifierException>(() => journal.AppendAsync(new AccessRecord { Code = "OK" }))).Code);
        Assert.Equal(0UL, journal.Size);
    }

    private sealed class FullDisk : ILogFiles
    {
        public string Location => "full";

        public ILogFile Open(string name) => new FullFile();

        private sealed class FullFile : ILogFile
        {
            public long Length => 0;

            public void Read(long offset, Span<byte> destination) => throw new EndOfStreamException();

            public void Write(long offset, ReadOnlySpan<byte> source) => throw new IOException("No space left on device.");

            public void Flush()
            {
                // Nothing was ever written.
            }

            public void Truncate(long length)
            {
                // Empty already.
            }

            public void Dispose()
            {
                // Holds nothing.
            }
        }
    }
}
