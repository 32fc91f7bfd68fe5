using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MailDesk.Worker.Reports;

/// <summary>
/// Tables as a workbook (Office Open XML, ECMA-376 Part 1 §18): a sheet each, the header row bold and frozen, columns with their widths,
/// values with their types. Text is inline, typed as text and so never a formula. The same tables at the same moment give the same bytes.
/// </summary>
internal static partial class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Office = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The most that a cell holds (ECMA-376 leaves it to programs; this is Excel's).</summary>
    private const int LongestText = 32_767;

    /// <summary>Positions in the style sheet's cellXfs.</summary>
    private enum Style
    {
        Plain,
        Header,
        Number,
        Share,
        Moment,
    }

    /// <param name="now">Stands in the package as the time of its files.</param>
    public static byte[] Write(IReadOnlyList<ReportTable> tables, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", xml => WriteTypes(xml, tables.Count));
            Add("_rels/.rels", xml => WriteRelations(xml, [("rId1", $"{Relations}/officeDocument", "xl/workbook.xml")]));
            Add("xl/workbook.xml", xml => WriteWorkbook(xml, tables));
            Add("xl/_rels/workbook.xml.rels", xml => WriteRelations(
                xml,
                [
                    .. tables.Select((_, i) => ($"rId{i + 1}", $"{Relations}/worksheet", $"worksheets/sheet{i + 1}.xml")),
                    ($"rId{tables.Count + 1}", $"{Relations}/styles", "styles.xml"),
                ]));
            Add("xl/styles.xml", WriteStyles);
            for (var i = 0; i < tables.Count; i++) Add($"xl/worksheets/sheet{i + 1}.xml", xml => WriteSheet(xml, tables[i]));

            void Add(string name, Action<XmlWriter> write)
            {
                var entry = package.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = now.ToUniversalTime();
                using var stream = entry.Open();
                using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
                xml.WriteStartDocument(standalone: true);
                write(xml);
                xml.WriteEndDocument();
            }
        }

        return bytes.ToArray();
    }

    private static void WriteTypes(XmlWriter xml, int sheets)
    {
        xml.WriteStartElement("Types", ContentTypes);
        Default("rels", "application/vnd.openxmlformats-package.relationships+xml");
        Default("xml", "application/xml");
        Override("/xl/workbook.xml", $"{Office}.sheet.main+xml");
        Override("/xl/styles.xml", $"{Office}.styles+xml");
        for (var i = 1; i <= sheets; i++) Override($"/xl/worksheets/sheet{i}.xml", $"{Office}.worksheet+xml");
        xml.WriteEndElement();

        void Default(string extension, string type) => Element(xml, "Default", ("Extension", extension), ("ContentType", type));
        void Override(string part, string type) => Element(xml, "Override", ("PartName", part), ("ContentType", type));
    }

    private static void WriteRelations(XmlWriter xml, IEnumerable<(string Id, string Type, string Target)> relations)
    {
        xml.WriteStartElement("Relationships", PackageRelations);
        foreach (var (id, type, target) in relations) Element(xml, "Relationship", ("Id", id), ("Type", type), ("Target", target));
        xml.WriteEndElement();
    }

    private static void WriteWorkbook(XmlWriter xml, IReadOnlyList<ReportTable> tables)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Relations);
        xml.WriteStartElement("sheets", Main);
        for (var i = 0; i < tables.Count; i++)
        {
            xml.WriteStartElement("sheet", Main);
            xml.WriteAttributeString("name", tables[i].Name);
            xml.WriteAttributeString("sheetId", (i + 1).ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("id", Relations, $"rId{i + 1}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>§18.8; formats from 164 on are a workbook's own. Excel wants the two fills and reads nothing without fonts and borders.</summary>
    private static void WriteStyles(XmlWriter xml) => XElement.Parse($"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="5">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
        <xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
        </cellXfs></styleSheet>
        """).WriteTo(xml);

    private static void WriteSheet(XmlWriter xml, ReportTable table)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("workbookViewId", "0");
        Element(xml, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();

        xml.WriteStartElement("cols", Main);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            Element(xml, "col", ("min", number), ("max", number), ("width", table.Columns[i].Width.ToString(CultureInfo.InvariantCulture)), ("customWidth", "1"));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
        WriteRow(xml, 1, table.Columns.Select(column => (TableCell)column.Header), Style.Header);
        for (var i = 0; i < table.Rows.Count; i++) WriteRow(xml, i + 2, table.Rows[i], Style.Plain);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, int number, IEnumerable<TableCell> cells, Style textStyle)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        var column = 0;
        foreach (var cell in cells)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{ColumnName(column++)}{number}");
            switch (cell)
            {
                case TableCell.Words { Text.Length: 0 }: break;
                case TableCell.Words words: WriteText(xml, place, words.Text, textStyle); break;
                case TableCell.Number value: WriteValue(xml, place, value.Value, Style.Number); break;
                case TableCell.Share share: WriteValue(xml, place, share.Value, Style.Share); break;
                case TableCell.Moment moment: WriteValue(xml, place, moment.Local.ToOADate(), Style.Moment); break; // days since 1899-12-30, §18.17.4
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteValue(XmlWriter xml, string place, double value, Style style)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", place);
        xml.WriteAttributeString("s", ((int)style).ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("v", Main, value.ToString("R", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, string place, string text, Style style)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", place);
        xml.WriteAttributeString("s", ((int)style).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is", Main);
        xml.WriteStartElement("t", Main);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Writable(text));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Without what XML 1.0 §2.2 does not allow, lone surrogates among it; <c>_x000D_</c> means a character (§22.9.2.19), so its underscore is escaped.</summary>
    private static string Writable(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestText));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > LongestText) break;
            if (rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF or 0xFFFD) or '\t' or '\n') clean.Append(rune.ToString());
        }

        var escaped = Escape().Replace(clean.ToString(), "_x005F_");
        return escaped.Length > LongestText ? escaped[..LongestText] : escaped;
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    /// <summary>A … Z, AA …</summary>
    private static string ColumnName(int column) => column < 26 ? $"{(char)('A' + column)}" : ColumnName((column / 26) - 1) + (char)('A' + (column % 26));

    private static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }
}
