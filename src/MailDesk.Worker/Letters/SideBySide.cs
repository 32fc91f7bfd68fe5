namespace MailDesk.Worker.Letters;

/// <summary>Work that can be done at the same time, without waking a thread where there is no more than one piece of it.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Results in the order of <paramref name="items"/>: the last one is made on the calling thread, the others on threads of the pool. Blocks until
    /// all have ended, one way or another; then the first failure in this order is thrown.
    /// </summary>
    public static TResult[] Make<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> make)
    {
        Task<TResult>[] tasks = [.. items.Select(item => new Task<TResult>(() => make(item)))];
        if (tasks is not [.. var others, var last]) return [];
        foreach (var task in others) task.Start(TaskScheduler.Default);
        last.RunSynchronously(TaskScheduler.Default);
        foreach (Task task in tasks) task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        return Array.ConvertAll(tasks, task => task.GetAwaiter().GetResult());
    }
}
