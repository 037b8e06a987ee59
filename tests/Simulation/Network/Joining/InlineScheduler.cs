namespace LicenceChain.Simulation.Network.Joining;

/// <summary>Does at once, on the one thread there is, what production hands to others.</summary>
internal sealed class InlineScheduler : TaskScheduler
{
    protected override void QueueTask(Task task) => TryExecuteTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
