using System.Runtime.CompilerServices;

namespace MailDesk.Worker.Intake;

/// <summary>Has the next one of a sequence fetched while the present one is being worked on.</summary>
internal static class ReadAhead
{
    /// <param name="begin">Begins work on one that has come; never throws.</param>
    public static async IAsyncEnumerable<TResult> AheadAsync<T, TResult>(
        this IAsyncEnumerable<T> source, Func<T, TResult> begin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        var next = NextAsync();
        try
        {
            while (await next is (true, var result))
            {
                next = NextAsync();
                yield return result!;
            }
        }
        finally
        {
            // What is on its way must have arrived before the source can be closed.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<(bool IsThere, TResult? Result)> NextAsync() => await items.MoveNextAsync() ? (true, begin(items.Current)) : default;
    }
}
