using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;

namespace LicenceChain.Node.Snapshots;

/// <summary>
/// How the operator asks a running node for a snapshot now: a file in its snapshot folder, answered by another. Who may write there may do so; no port, no token.
/// </summary>
internal sealed class SnapshotRequest
{
    private const string RequestName = "request";
    private const int IdBytes = 16;
    private const int MaxAnswerBytes = 16 * 1024;

    private readonly string _folder;
    private readonly Guid _id;

    private SnapshotRequest(string folder, Guid id) => (_folder, _id) = (folder, id);

    private string AnswerPath => Path.Combine(_folder, $"answer-{_id:N}");

    /// <summary>Leaves a request.</summary>
    public static SnapshotRequest Leave(string folder)
    {
        Directory.CreateDirectory(folder);
        var request = new SnapshotRequest(folder, Guid.NewGuid());
        AtomicFile.Write(Path.Combine(folder, RequestName), request._id.ToByteArray());
        return request;
    }

    /// <summary>Takes the request that waits, if one does. A malformed one is removed.</summary>
    public static bool TryTake(string folder, [NotNullWhen(true)] out SnapshotRequest? request)
    {
        request = null;
        var path = Path.Combine(folder, RequestName);
        if (!File.Exists(path)) return false;
        var bytes = new FileInfo(path).Length == IdBytes ? File.ReadAllBytes(path) : [];
        File.Delete(path);
        request = bytes.Length == IdBytes ? new SnapshotRequest(folder, new Guid(bytes)) : null;
        return request is not null;
    }

    /// <summary>Answers it.</summary>
    public void Answer(SnapshotAnswer answer) => AtomicFile.Write(AnswerPath, JsonSerializer.SerializeToUtf8Bytes(answer, ConfigurationJson.Options));

    /// <summary>Takes the answer if it is there.</summary>
    public bool TryTakeAnswer([NotNullWhen(true)] out SnapshotAnswer? answer)
    {
        answer = null;
        var file = new FileInfo(AnswerPath);
        if (file is not { Exists: true, Length: <= MaxAnswerBytes }) return false;
        answer = JsonSerializer.Deserialize<SnapshotAnswer>(File.ReadAllBytes(file.FullName), ConfigurationJson.Options);
        file.Delete();
        return answer is not null;
    }

    /// <summary>Takes the request back: nobody answered.</summary>
    public void Withdraw() => File.Delete(Path.Combine(_folder, RequestName));
}
