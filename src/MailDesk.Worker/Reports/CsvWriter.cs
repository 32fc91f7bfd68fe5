using System.Buffers;
using System.Text;

namespace MailDesk.Worker.Reports;

/// <summary>
/// A table as CSV (RFC 4180), UTF-8 with a byte order mark, without which Excel reads it in the machine's old charset. Text that a
/// spreadsheet would take for a formula gets an apostrophe in front: what clients write stands in these cells.
/// </summary>
internal static class CsvWriter
{
    private static readonly SearchValues<char> ToQuote = SearchValues.Create("\"\r\n,;\t");

    /// <summary>A tab or a carriage return in front is skipped by some programs, and what follows is a formula then; full-width signs count as well.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <param name="separator">A semicolon where the comma is the decimal sign (ru, be), else a comma.</param>
    public static byte[] Write(ReportTable table, char separator)
    {
        var text = new StringBuilder();
        Line(text, table.Columns.Select(column => column.Header), separator);
        foreach (var row in table.Rows) Line(text, row.Select(TextOf), separator);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string TextOf(TableCell cell) => cell is TableCell.Words { Text: [var first, ..] text } && Formula.Contains(first) ? $"'{text}" : cell.AsText;

    private static void Line(StringBuilder text, IEnumerable<string> cells, char separator)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) text.Append(separator);
            first = false;
            if (cell.AsSpan().ContainsAny(ToQuote)) text.Append('"').Append(cell).Replace("\"", "\"\"", text.Length - cell.Length, cell.Length).Append('"');
            else text.Append(cell);
        }

        text.Append("\r\n");
    }
}
