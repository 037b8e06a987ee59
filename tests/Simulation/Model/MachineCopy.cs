using System.Reflection;
using LicenceChain.Consensus;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// A second production state machine in the same state. Everything that the rules own is copied field by field, found by reflection so that a new field cannot be
/// forgotten; messages, blocks, options and sets are immutable and shared. A class of the machine that is on neither side is an error.
/// </summary>
internal static class MachineCopy
{
    private const string Rules = "LicenceChain.Consensus.Rules";
    private static readonly Func<object, object> ShallowCopy =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

    private static readonly Dictionary<Type, FieldInfo[]> ReferenceFields = [];

    public static ConsensusStateMachine Of(ConsensusStateMachine machine) => (ConsensusStateMachine)Copy(machine, new Dictionary<object, object>(ReferenceEqualityComparer.Instance));

    private static object Copy(object original, Dictionary<object, object> done)
    {
        if (done.TryGetValue(original, out var copied)) return copied;
        var copy = ShallowCopy(original);
        done.Add(original, copy);
        if (copy is Array array)
        {
            if (array is object?[] elements)
                for (var i = 0; i < elements.Length; i++)
                    if (elements[i] is { } element && IsOwned(element.GetType()))
                        elements[i] = Copy(element, done);
            return copy;
        }

        foreach (var field in FieldsOf(copy.GetType()))
            if (field.GetValue(copy) is { } value && IsOwned(value.GetType()))
                field.SetValue(copy, Copy(value, done));
        return copy;
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        if (ReferenceFields.TryGetValue(type, out var known)) return known;
        known = [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !field.FieldType.IsValueType)];
        ReferenceFields.Add(type, known);
        return known;
    }

    private static bool IsOwned(Type type) =>
        type.Namespace == Rules || type == typeof(ConsensusStateMachine) || type.IsArray
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        || (IsShared(type) ? false : throw new InvalidOperationException($"Is {type} part of the machine's state, or immutable?"));

    // Immutable: all that is verified or signed, protocol values, start and options, read-only lists that the compiler made, and the key.
    private static bool IsShared(Type type) =>
        type == typeof(string) || type == typeof(ConsensusOptions) || type == typeof(ConsensusStart) || type == typeof(CachedSigner)
        || type.Namespace is "LicenceChain.Consensus.Messages" or "LicenceChain.Consensus.Outputs" or "LicenceChain.Protocol.Blocks" or "LicenceChain.Protocol.Proto"
        || type.Name.Contains("ReadOnly", StringComparison.Ordinal);
}
