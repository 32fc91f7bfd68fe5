namespace MailDesk.Mail.Text;

/// <summary>What stands above a forwarded message: the block of From, Date, To and Subject in whatever order, or one line with date and sender.</summary>
/// <param name="From">As it was written, perhaps a name alone; empty where there is none.</param>
/// <param name="End">The first line behind it.</param>
internal sealed record ForwardedHeader(string From, string Subject, string To, int End)
{
    /// <summary>A field folded over more lines than this is none.</summary>
    private const int MaxFolds = 20;

    private const int MaxValue = 4000;

    /// <summary>The header that begins at the line; null where none does.</summary>
    internal static ForwardedHeader? At(MailLines lines, HeaderBlock labels, Attribution attributions, int index)
    {
        if (index >= lines.Count) return null;
        var fields = new Fields();
        var end = fields.Read(lines, labels, index);
        if (fields.From is not null && fields.Count >= 2) return new(fields.From, fields.Subject ?? "", fields.To ?? "", end);

        // QUIRK: Yandex writes no From, but an attribution: 02.11.2026, 10:15, "Name" <address>:
        var below = lines.SkipBlank(end);
        for (var last = below; last < lines.Count && last < below + 3 && !lines.IsBlank(last); last++)
        {
            if (attributions.EndingAt(last) is { } found && found.Start <= below)
            {
                return new(lines.JoinCores(below, last), fields.Subject?.TrimEnd(';') ?? "", fields.To?.TrimEnd(';') ?? "", last + 1);
            }
        }

        return null;
    }

    private sealed class Fields
    {
        private HeaderBlock.Label _seen;

        public string? From { get; private set; }

        public string? Subject { get; private set; }

        public string? To { get; private set; }

        public int Count => int.PopCount((int)_seen);

        private bool IsComplete => From is not null && Subject is not null && Count >= 3;

        /// <returns>The first line behind the fields.</returns>
        public int Read(MailLines lines, HeaderBlock labels, int index)
        {
            while (index < lines.Count)
            {
                if (lines.IsBlank(index))
                {
                    // QUIRK: a paragraph for each line of the block. One that says all ends at the first blank line: the text may begin with "Date:" too.
                    if (Count == 0 || IsComplete || index + 1 >= lines.Count || !IsNew(labels.LabelOf(index + 1))) break;
                    index++;
                    continue;
                }

                var label = labels.LabelOf(index);
                if (!IsNew(label)) break;
                var value = labels.ValueOf(index++).ToString();
                for (var folds = 0; folds < MaxFolds && value.Length < MaxValue && index < lines.Count && Continues(lines, labels, index, label, value); folds++)
                {
                    value = $"{value} {lines.Core(index++)}";
                }

                Take(label, value);
            }

            return index;
        }

        private bool IsNew(HeaderBlock.Label label) => label is not HeaderBlock.Label.None && (label is HeaderBlock.Label.Other || !_seen.HasFlag(label));

        private void Take(HeaderBlock.Label label, string value)
        {
            _seen |= label;
            switch (label)
            {
                case HeaderBlock.Label.From: From = value; break;
                case HeaderBlock.Label.Subject: Subject = value; break;
                case HeaderBlock.Label.To or HeaderBlock.Label.Copy: To = To is null ? value : $"{To}, {value}"; break;
            }
        }

        /// <summary>Whether the line goes on with the field above it: the text itself may follow the block without a blank line.</summary>
        private static bool Continues(MailLines lines, HeaderBlock labels, int index, HeaderBlock.Label label, string value)
        {
            if (lines.IsBlank(index) || labels.LabelOf(index) is not HeaderBlock.Label.None) return false;
            if (lines[index] is [' ' or '\t', ..]) return label is not HeaderBlock.Label.Subject || value.Length > 0;
            var addresses = label is HeaderBlock.Label.From or HeaderBlock.Label.To or HeaderBlock.Label.Copy;
            return addresses && (value.EndsWith(',') || value.EndsWith(';') || value.LastIndexOf('<') > value.LastIndexOf('>')
                || (label is HeaderBlock.Label.From && !value.Contains('@', StringComparison.Ordinal) && lines.Core(index) is ['<', ..]));
        }
    }
}
