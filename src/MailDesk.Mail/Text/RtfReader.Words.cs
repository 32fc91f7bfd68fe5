using System.Collections.Frozen;

namespace MailDesk.Mail.Text;

/// <summary>The control words that matter to a reader of text (RTF 1.9.1), and those of [MS-OXRTFEX].</summary>
internal sealed partial class RtfReader
{
    private static readonly FrozenDictionary<string, string> Characters = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["par"] = "\n",
        ["line"] = "\n",
        ["sect"] = "\n",
        ["page"] = "\n",
        ["row"] = "\n",
        ["nestrow"] = "\n",
        ["tab"] = "\t",
        ["cell"] = "\t",
        ["nestcell"] = "\t",
        ["emdash"] = "—",
        ["endash"] = "–",
        ["bullet"] = "•",
        ["emspace"] = "\u2003",
        ["enspace"] = "\u2002",
        ["qmspace"] = "\u2005",
        ["lquote"] = "‘",
        ["rquote"] = "’",
        ["ldblquote"] = "“",
        ["rdblquote"] = "”",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Groups that hold no text of the message, besides all that begin with \*.</summary>
    private static readonly FrozenSet<string> Silent = new[]
    {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
        "fldinst", "filetbl", "nonshppict", "xe", "tc",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>\fcharset of a font to its code page (RTF 1.9.1, font table).</summary>
    private static int? CodePageOf(int charset) => charset switch
    {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        255 => 850,
        _ => null,
    };

    private void Apply(string word, int? number)
    {
        if (_isHtml && word is "htmltag")
        {
            _state.IsShown = true;
            _state.IsRtfOnly = false;
            return;
        }

        if (_isOptional || Silent.Contains(word))
        {
            _state.IsShown = false;
            _state.IsFontTable = word is "fonttbl";
            return;
        }

        switch (word)
        {
            case "fromhtml":
                _isHtml = number is not 0;
                break;
            case "htmlrtf":
                _state.IsRtfOnly = _isHtml && number is not 0;
                break;
            case "u":
                AddUnicode(number ?? 0);
                break;
            case "uc":
                _state.Unicode = Math.Clamp(number ?? 1, 0, 100);
                break;
            case "ansicpg" when number is { } codePage && CharsetLabels.ByCodePage(codePage) is not null:
                _state.CodePage = _defaultCodePage = codePage;
                break;
            case "mac":
                _state.CodePage = _defaultCodePage = 10000;
                break;
            case "pc":
                _state.CodePage = _defaultCodePage = 437;
                break;
            case "pca":
                _state.CodePage = _defaultCodePage = 850;
                break;
            case "deff":
                _defaultFont = number ?? -1;
                break;
            case "plain":
                _state.CodePage = _fonts.GetValueOrDefault(_defaultFont, _defaultCodePage);
                break;
            case "f" when _state.IsFontTable:
                _font = number ?? 0;
                break;
            case "f":
                _state.CodePage = _fonts.GetValueOrDefault(number ?? 0, _defaultCodePage);
                break;
            case "fcharset" when _state.IsFontTable && _fonts.Count < MaxFonts && number is { } charset && CodePageOf(charset) is { } page:
                _fonts[_font] = charset == 0 ? _defaultCodePage : page;
                break;
            default:
                if (!Characters.TryGetValue(word, out var text)) break;
                if (_skip > 0) _skip--;
                else AddCharacters(text);
                break;
        }
    }

    /// <summary>A UTF-16 unit, negative above 32767; a pair comes as two words.</summary>
    private void AddUnicode(int number)
    {
        AddCharacters(((char)(ushort)number).ToString());
        _skip = _state.Unicode;
    }
}
