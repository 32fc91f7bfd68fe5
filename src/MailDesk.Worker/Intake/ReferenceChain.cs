using System.Collections.Immutable;

namespace MailDesk.Worker.Intake;

/// <summary>The Message-IDs of a conversation as References carries them (RFC 5322 §3.6.4): the first and the latest, no more than a header needs.</summary>
public static class ReferenceChain
{
    private const int Longest = 12;

    public static ImmutableArray<string> Append(ImmutableArray<string> chain, string messageId)
    {
        if (messageId.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || chain.Contains(messageId, StringComparer.Ordinal)) return chain;
        return (chain.Length < Longest ? chain : chain.RemoveAt(1)).Add(messageId);
    }
}
