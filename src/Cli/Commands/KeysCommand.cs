using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Governance;
using LicenceChain.Cli.Keys;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Keystore;
using LicenceChain.Protocol.Primitives;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>keys generate</c>, <c>keys add</c>, <c>keys list</c>, <c>keys export</c>, <c>keys link-certificate</c>.</summary>
internal static class KeysCommand
{
    public static Command Create() => new ExampleCommand("keys", "Make and look into keystores (SM2 keys under SM4-GCM) 密钥管理.", "licencechain keys list .licencechain/nodes/310000/keys.json")
    {
        Generate(), Add(), List(), Export(), LinkCertificate(),
    };

    private static ExampleCommand Generate()
    {
        var file = File("Keystore to write; must not exist.");
        var labels = new Option<string[]>("--label", "-l") { Description = "Label of a key, repeatable.", Required = true, HelpName = "LABEL" };
        var passphrase = CommonOptions.PassphraseFile();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("generate", "Make a keystore with one new key for each label.", "licencechain keys generate my-keys.json --label consensus --label service --passphrase-file secret.txt")
        {
            file, labels, passphrase, directory,
        };
        command.Run((context, _) =>
        {
            var path = context.Value(file);
            if (System.IO.File.Exists(path)) throw CommandFailure.BadInput($"'{path}' exists. A keystore is never overwritten: move it away first.");
            var entries = context.Value(labels).Select(label => new KeystoreEntry(label, Sm2PrivateKey.Generate())).ToList();
            try
            {
                KeystoreFile.Write(path, System.Text.Encoding.UTF8.GetBytes(Passphrase.Read(context.Value(passphrase), context.Value(directory))), entries);
                return Task.FromResult(Report(context, path, entries));
            }
            catch (ArgumentException)
            {
                throw CommandFailure.BadInput("A keystore has 1 to 256 keys with distinct labels of 1 to 64 of A-Z, a-z, 0-9, '.', '_', '-' and '/'.");
            }
            finally
            {
                foreach (var entry in entries) entry.Key.Dispose();
            }
        });
        return command;
    }

    private static ExampleCommand Add()
    {
        var file = File("Keystore.");
        var label = new Option<string>("--label", "-l") { Description = "Label of the new key; the node's next consensus key: consensus- and a suffix.", Required = true, HelpName = "LABEL" };
        var passphrase = CommonOptions.PassphraseFile();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("add", "Add one new key to a keystore; those in it stay 增加密钥.", "licencechain keys add .licencechain/nodes/310000/keys.json --label consensus-2") { file, label, passphrase, directory };
        command.Run((context, _) =>
        {
            using var store = Open(context, file, passphrase, directory);
            if (store.Entries.Any(entry => entry.Label == context.Value(label))) throw CommandFailure.BadInput($"'{context.Value(file)}' has a key labelled '{context.Value(label)}': a key is never replaced under its label.");
            using var key = Sm2PrivateKey.Generate();
            IReadOnlyList<KeystoreEntry> entries = [.. store.Entries, new KeystoreEntry(context.Value(label), key)];
            KeystoreFile.Write(context.Value(file), System.Text.Encoding.UTF8.GetBytes(Passphrase.Read(context.Value(passphrase), context.Value(directory))), entries);
            return Task.FromResult(Report(context, context.Value(file), entries));
        });
        return command;
    }

    private static ExampleCommand List()
    {
        var file = File("Keystore.");
        var passphrase = CommonOptions.PassphraseFile();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("list", "List a keystore's labels, key ids and public keys.", "licencechain keys list .licencechain/nodes/310000/keys.json") { file, passphrase, directory };
        command.Run((context, _) =>
        {
            using var store = Open(context, file, passphrase, directory);
            return Task.FromResult(Report(context, context.Value(file), store.Entries));
        });
        return command;
    }

    private static ExampleCommand Export()
    {
        var file = File("Keystore.");
        var label = new Option<string>("--label", "-l") { Description = "Label of the key.", Required = true, HelpName = "LABEL" };
        var format = new Option<string>("--format") { Description = "hex (04, x, y) or pem (SubjectPublicKeyInfo).", DefaultValueFactory = _ => "hex", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("hex", "pem");
        var passphrase = CommonOptions.PassphraseFile();
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand("export", "Write one public key. Private keys are never written out.", "licencechain keys export .licencechain/nodes/310000/keys.json --label consensus --format pem")
        {
            file, label, format, passphrase, directory,
        };
        command.Run((context, _) =>
        {
            using var store = Open(context, file, passphrase, directory);
            var key = store.Key(context.Value(label)).PublicKey;
            var text = context.Value(format) == "pem" ? PublicKeyPem.Of(key) : Convert.ToHexStringLower(key.Encoded);
            return Task.FromResult(context.Terminal.Report(ExitCode.Ok, new { Label = context.Value(label), KeyId = key.Id.ToString(), PublicKey = text }, _ => context.Terminal.Line(text)));
        });
        return command;
    }

    private static ExampleCommand LinkCertificate()
    {
        var region = new Option<string>("--region") { Description = "Region whose node is to get it.", Required = true, HelpName = "CODE" };
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand(
            "link-certificate", "Make the next TLS certificate of a node's links beside the present one; governance lists it, then it replaces that 生成下一张链路证书.",
            "licencechain keys link-certificate --region 310000 --dir /tmp/net") { region, directory };
        command.Run((context, _) =>
        {
            var node = OpenNetwork.At(context.Value(directory)).Region(Ballot.Region(context.Value(region)));
            var fingerprint = NextLinkCertificate.Make(node, new UnixTime((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
            return Task.FromResult(context.Terminal.Report(ExitCode.Ok, new { File = node.NextNodeCertificatePath, Fingerprint = fingerprint.ToString() }, console =>
            {
                console.MarkupLineInterpolated($"Certificate 证书 {node.NextNodeCertificatePath}, SHA-256 {fingerprint}");
                console.MarkupLineInterpolated($"Next 下一步: licencechain governance propose link-certificate --region {node.Code} --dir {context.Value(directory)}");
            }));
        });
        return command;
    }

    private static KeystoreFile Open(CommandContext context, Argument<string> file, Option<string?> passphrase, Option<string> directory) =>
        KeystoreFile.Open(context.Value(file), System.Text.Encoding.UTF8.GetBytes(Passphrase.Read(context.Value(passphrase), context.Value(directory))));

    private static Argument<string> File(string description) => new("file") { Description = description };

    private static ExitCode Report(CommandContext context, string path, IReadOnlyList<KeystoreEntry> entries)
    {
        var keys = entries.Select(entry => new { entry.Label, KeyId = entry.Key.PublicKey.Id.ToString(), PublicKey = Convert.ToHexStringLower(entry.Key.PublicKey.Encoded) }).ToList();
        return context.Terminal.Report(ExitCode.Ok, new { File = path, Keys = keys }, _ =>
        {
            foreach (var key in keys) context.Terminal.Line($"{key.Label}  id {key.KeyId}  public {key.PublicKey}");
        });
    }
}
