namespace MailDesk.Mail.Sandbox;

/// <summary>LIST's wildcards (RFC 3501 §6.3.8): <c>*</c> matches anything, <c>%</c> anything but the separator.</summary>
internal static class MailboxPattern
{
    /// <summary>Without backtracking: time is the product of the lengths at most, whatever the pattern.</summary>
    public static bool Matches(string pattern, string name)
    {
        pattern = MailAccount.Canonical(pattern);
        // reached[i]: the pattern so far matches the first i characters of the name
        var reached = new bool[name.Length + 1];
        reached[0] = true;
        foreach (var c in pattern)
        {
            if (c is '*' or '%')
            {
                for (var i = 0; i < name.Length; i++) reached[i + 1] |= reached[i] && (c == '*' || name[i] != MailAccount.Separator);
                continue;
            }

            for (var i = name.Length; i > 0; i--) reached[i] = reached[i - 1] && name[i - 1] == c;
            reached[0] = false;
        }

        return reached[^1];
    }
}
