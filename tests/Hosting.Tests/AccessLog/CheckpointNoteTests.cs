using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;

namespace LicenceChain.Hosting.Tests.AccessLog;

public sealed class CheckpointNoteTests : IDisposable
{
    private const string Origin = "11310000MB0000000X/verifier";
    private static readonly LogCheckpoint Checkpoint = new(42, MerkleTree.LeafHash("x"u8));
    private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Note_has_the_form_of_a_signed_note_and_verifies()
    {
        var note = CheckpointNote.Sign(Origin, Checkpoint, _key);
        Assert.StartsWith($"{Origin}\n42\n{Convert.ToBase64String(Checkpoint.Root.Span)}\n\n\u2014 {Origin} ", note, StringComparison.Ordinal);
        Assert.True(CheckpointNote.TryVerify(note, Origin, _key.PublicKey, out var read));
        Assert.Equal(Checkpoint, read);
    }

    [Fact]
    public void Further_signatures_are_ignored()
    {
        var note = CheckpointNote.Sign(Origin, Checkpoint, _key) + "\u2014 witness AAAA\n";
        Assert.True(CheckpointNote.TryVerify(note, Origin, _key.PublicKey, out _));
    }

    [Fact]
    public void Changed_note_other_origin_and_other_key_do_not_verify()
    {
        using var other = Sm2PrivateKey.Generate();
        var note = CheckpointNote.Sign(Origin, Checkpoint, _key);
        Assert.False(CheckpointNote.TryVerify(note, Origin, other.PublicKey, out _));
        Assert.False(CheckpointNote.TryVerify(note, "else", _key.PublicKey, out _));
        Assert.False(CheckpointNote.TryVerify(note.Replace("\n42\n", "\n43\n", StringComparison.Ordinal), Origin, _key.PublicKey, out _));
        Assert.False(CheckpointNote.TryVerify(note.Replace("\n42\n", "\n042\n", StringComparison.Ordinal), Origin, _key.PublicKey, out _));
        for (var length = 0; length < note.Length; length++) Assert.False(CheckpointNote.TryVerify(note[..length], Origin, _key.PublicKey, out _));
    }

    [Fact]
    public void Note_changed_in_any_one_character_verifies_to_nothing_else()
    {
        var note = CheckpointNote.Sign(Origin, Checkpoint, _key);
        Prop.ForAll(Gen.Choose(0, note.Length - 1).Zip(Gen.Elements([.. "\n 0A=/+\u2014"])).ToArbitrary(), change =>
        {
            var changed = note[..change.Item1] + change.Item2 + note[(change.Item1 + 1)..];
            return changed == note || !CheckpointNote.TryVerify(changed, Origin, _key.PublicKey, out _);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Origin_that_a_note_cannot_carry_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => CheckpointNote.Sign("a b", Checkpoint, _key));
}
