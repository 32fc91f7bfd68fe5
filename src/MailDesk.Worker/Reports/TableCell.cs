using System.Globalization;

namespace MailDesk.Worker.Reports;

/// <summary>One value of a table, with its type. A closed set.</summary>
public abstract record TableCell
{
    private TableCell() { }

    public static TableCell Nothing { get; } = new Words("");

    public sealed record Words(string Text) : TableCell;

    public sealed record Number(double Value) : TableCell;

    /// <summary>A share, 0 to 1.</summary>
    public sealed record Share(double Value) : TableCell;

    /// <param name="Local">By the clock on the reader's wall.</param>
    public sealed record Moment(DateTime Local) : TableCell;

    public static implicit operator TableCell(string? text) => string.IsNullOrEmpty(text) ? Nothing : new Words(text);

    public static implicit operator TableCell(double value) => new Number(value);

    /// <summary>As text that programs of every country read alike: 2026-10-31 18:05, a point in fractions.</summary>
    public string AsText => this switch
    {
        Words words => words.Text,
        Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        Share share => share.Value.ToString("0.####", CultureInfo.InvariantCulture),
        Moment moment => moment.Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{GetType().Name} has no text"),
    };
}

/// <summary>A table with its first row as the header.</summary>
/// <param name="Name">At most 31 characters, none of <c>[]:*?/\</c>: what spreadsheets allow.</param>
/// <param name="Columns">Header and width in characters.</param>
public sealed record ReportTable(string Name, IReadOnlyList<(string Header, int Width)> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows);
