using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using MailDesk.Mail.Mime;

namespace MailDesk.Worker.Tests.Month;

/// <summary>The report as the manager opens it: the workbook and the CSV that the letter carries, read without the code that wrote them.</summary>
internal sealed class MonthReport
{
    private static readonly int[] Columns = [2, 3, 4, 7, 8, 12, 16, 17];

    public MonthReport(MailMessage letter)
    {
        using var book = new ZipArchive(new MemoryStream(Attached(letter, ".xlsx")));
        foreach (var row in Sheet(book, 1).Skip(1)) Figures.Add($"{row[0]} | {row[1]}", row[2]);
        Misses = [.. Sheet(book, 3).Skip(1).Select(row => $"{row[0]} {row[5]}").Order(StringComparer.Ordinal)];
        // Nothing of this month's has quotes or semicolons in it.
        foreach (var line in Encoding.UTF8.GetString(Attached(letter, ".csv")).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(';');
            Lines.Add(cells[0], string.Join("; ", Columns.Select(column => cells[column])));
        }
    }

    /// <summary>The sheet of figures: what stands for what.</summary>
    public Dictionary<string, string> Figures { get; } = new(StringComparer.Ordinal);

    /// <summary>Each missed term: number, and which.</summary>
    public IReadOnlyList<string> Misses { get; }

    /// <summary>The lines of the CSV, a request each: client, category, priority, registered, begun, completed, outcome, reopened.</summary>
    public Dictionary<string, string> Lines { get; } = new(StringComparer.Ordinal);

    private static byte[] Attached(MailMessage letter, string extension) =>
        letter.Attachments.Single(part => part.FileName!.EndsWith(extension, StringComparison.Ordinal)).Decode().ToArray();

    private static IEnumerable<string[]> Sheet(ZipArchive book, int number)
    {
        using var stream = book.GetEntry(string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{number}.xml"))!.Open();
        var root = XDocument.Load(stream).Root!;
        var space = root.Name.Namespace;
        foreach (var row in root.Descendants(space + "row"))
        {
            Dictionary<char, string> cells = row.Elements(space + "c").ToDictionary(cell => ((string)cell.Attribute("r")!)[0], cell => cell.Value);
            yield return [.. Enumerable.Range('A', 19).Select(column => cells.GetValueOrDefault((char)column) ?? "")];
        }
    }
}
