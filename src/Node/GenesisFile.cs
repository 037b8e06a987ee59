using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node;

/// <summary>Reads genesis.json: GenesisMessage as Protobuf JSON.</summary>
public static class GenesisFile
{
    // 10,000 members and 50,000 keys of some 400 bytes each as JSON.
    private const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>Reads and applies the document; throws <see cref="NodeFaultException"/> that says what is wrong with it.</summary>
    public static GenesisOutcome Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MaxBytes }) throw new NodeFaultException($"{path} does not exist or is larger than {MaxBytes} bytes.");
            var message = new JsonParser(JsonParser.Settings.Default).Parse<GenesisMessage>(File.ReadAllText(path));
            return GenesisExecutor.TryApply(message, out var outcome, out var error) ? outcome : throw new NodeFaultException($"{path} is no sound genesis document: {error}.");
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new NodeFaultException($"{path} is no genesis document: {e.Message}", e);
        }
        catch (InvalidJsonException e)
        {
            throw new NodeFaultException($"{path} is no JSON: {e.Message}", e);
        }
    }
}
