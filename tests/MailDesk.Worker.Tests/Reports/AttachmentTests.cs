using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.Tests.Reports;

/// <summary>The attached tables, with what hostile clients write into subjects.</summary>
public sealed class AttachmentTests
{
    private const string Reader = """
        import json, sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        out = []
        for sheet in book:
            cells = [[None if c.value is None else [c.data_type, str(c.value), c.number_format] for c in row] for row in sheet.iter_rows()]
            out.append([sheet.title, sheet.freeze_panes, sheet.column_dimensions['A'].width, cells])
        json.dump(out, sys.stdout, ensure_ascii=True)
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Hostile =
        ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "a;b,\"c\"\r\nd", "<t>&amp;]]>", "\u0000\u0008x\uD800y\uFFFF", "_x000D_ _x0041_", "Ёлка 🎄", "  space  "];

    [Fact]
    public void Csv_is_quoted_marked_and_holds_no_formula()
    {
        var bytes = CsvWriter.Write(Table(), ';');
        var text = Encoding.UTF8.GetString(bytes.AsSpan(3));

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.StartsWith("Номер;Когда;Доля\r\n", text, StringComparison.Ordinal);
        Assert.Contains("'=cmd|' /C calc'!A0;2026-03-01 18:05;0.25\r\n", text, StringComparison.Ordinal);
        Assert.Contains("'+1;", text, StringComparison.Ordinal);
        Assert.Contains("'-1;", text, StringComparison.Ordinal);
        Assert.Contains("'@SUM(A1);", text, StringComparison.Ordinal);
        Assert.Contains("\"'\t=1\";", text, StringComparison.Ordinal);
        Assert.Contains("\"a;b,\"\"c\"\"\r\nd\";", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_of_the_workbook_is_well_formed_and_the_same_tables_give_the_same_bytes()
    {
        var bytes = XlsxWriter.Write([Table(), Table() with { Name = "Два" }], Now);
        using var package = new ZipArchive(new MemoryStream(bytes));

        Assert.Equal(
            ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"],
            package.Entries.Select(e => e.FullName));
        foreach (var entry in package.Entries)
        {
            using var stream = entry.Open();
            var document = XDocument.Load(stream);
            Assert.All(document.Descendants(), element => Assert.Equal(document.Root!.Name.Namespace, element.Name.Namespace));
        }

        Assert.Equal(bytes, XlsxWriter.Write([Table(), Table() with { Name = "Два" }], Now));
    }

    [Fact]
    public void Another_program_reads_the_workbook()
    {
        using var folder = new TestFolder();
        var file = folder.File("report.xlsx");
        File.WriteAllBytes(file, XlsxWriter.Write([Table()], Now));
        using var read = System.Text.Json.JsonDocument.Parse(Python(file));
        var sheet = read.RootElement[0];

        Assert.Equal("Запросы", sheet[0].GetString());
        Assert.Equal("A2", sheet[1].GetString());
        Assert.Equal(30, sheet[2].GetDouble());
        Assert.Equal(Hostile.Length + 1, sheet[3].GetArrayLength());
        for (var i = 0; i < Hostile.Length; i++)
        {
            var row = sheet[3][i + 1];
            Assert.Equal("s", row[0][0].GetString());
            Assert.Equal("d", row[1][0].GetString());
            Assert.Equal("2026-03-01 18:05:00", row[1][1].GetString());
            Assert.Equal(("n", "0.25", "0%"), (row[2][0].GetString(), row[2][1].GetString(), row[2][2].GetString()));
        }

        Assert.Equal("=cmd|' /C calc'!A0", sheet[3][1][0][1].GetString());
        Assert.Equal("<t>&amp;]]>", sheet[3][7][0][1].GetString());
        Assert.Equal("xy", sheet[3][8][0][1].GetString());
        Assert.Equal("Ёлка 🎄", sheet[3][10][0][1].GetString());
    }

    private static ReportTable Table() => new(
        "Запросы",
        [("Номер", 30), ("Когда", 17), ("Доля", 8)],
        [.. Hostile.Select(text => (IReadOnlyList<TableCell>)[text, new TableCell.Moment(DateTime.Parse("2026-03-01 18:05", CultureInfo.InvariantCulture)), new TableCell.Share(0.25)])]);

    /// <summary>The distribution's own Python where the first one on the path has no openpyxl.</summary>
    private static string Python(string file)
    {
        foreach (var program in (ReadOnlySpan<string>)["python3", "/usr/bin/python3"])
        {
            try
            {
                var start = new ProcessStartInfo(program, ["-c", Reader, file]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
                using var python = Process.Start(start)!;
                var output = python.StandardOutput.ReadToEnd();
                var error = python.StandardError.ReadToEnd(); // a few lines at most
                python.WaitForExit();
                if (error.Contains("No module named 'openpyxl'", StringComparison.Ordinal)) continue;
                Assert.True(python.ExitCode == 0, error);
                return output;
            }
            catch (Win32Exception)
            {
                // Not installed: the next.
            }
        }

        Assert.Skip("no Python with openpyxl is installed (Debian: python3-openpyxl)");
        return "";
    }
}
