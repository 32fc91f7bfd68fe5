using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Text;

/// <param name="IsHtml">True when the RTF only carries HTML ([MS-OXRTFEX]) and <paramref name="Text"/> is that.</param>
internal readonly record struct RtfText(string Text, bool IsHtml);

/// <summary>
/// Turns RTF into text, or into the HTML that it encapsulates.
/// <para>Invariants: any octets give a text, never an exception; one pass; groups lie on a stack of their own that has a limit, deeper ones
/// share the last state. Characters of a code page are collected and decoded together, so those of two octets come out whole.</para>
/// </summary>
internal sealed partial class RtfReader
{
    private const int MaxGroups = 1000;
    private const int MaxFonts = 4096;
    private const int MaxWord = 32; // RTF 1.9.1: control words have no more letters

    private readonly ReadOnlyMemory<byte> _rtf;
    private readonly StringBuilder _text = new();
    private readonly List<byte> _pending = [];
    private readonly Stack<State> _outer = new();
    private readonly Dictionary<int, int> _fonts = [];
    private State _state = new() { CodePage = 1252, Unicode = 1, IsShown = true };
    private int _tooDeep;
    private int _pendingCodePage;
    private int _defaultCodePage = 1252;
    private int _defaultFont = -1;
    private int _font; // the one that the font table is about
    private int _skip; // characters that stand in for a \u before them
    private bool _isOptional; // after \*
    private bool _isHtml;

    private RtfReader(ReadOnlyMemory<byte> rtf) => _rtf = rtf;

    public static RtfText Read(ReadOnlyMemory<byte> rtf)
    {
        var reader = new RtfReader(rtf);
        reader.Run();
        return new RtfText(reader._text.ToString().TrimEnd('\0'), reader._isHtml);
    }

    private bool IsVisible => _state.IsShown && !_state.IsRtfOnly;

    private void Run()
    {
        var rtf = _rtf.Span;
        var position = 0;
        while (position < rtf.Length)
        {
            var octet = rtf[position++];
            switch (octet)
            {
                case (byte)'{':
                    Open();
                    break;
                case (byte)'}':
                    Close();
                    break;
                case (byte)'\\':
                    ReadControl(rtf, ref position);
                    break;
                case (byte)'\r' or (byte)'\n' or 0:
                    break;
                default:
                    AddOctet(octet);
                    break;
            }
        }

        Flush();
    }

    private void Open()
    {
        _skip = 0;
        _isOptional = false;
        if (_outer.Count >= MaxGroups) _tooDeep++;
        else _outer.Push(_state);
    }

    private void Close()
    {
        _skip = 0;
        _isOptional = false;
        if (_tooDeep > 0) _tooDeep--;
        else if (_outer.Count > 0) _state = _outer.Pop();
    }

    private void ReadControl(ReadOnlySpan<byte> rtf, ref int position)
    {
        if (position >= rtf.Length) return;
        if (!char.IsAsciiLetter((char)rtf[position]))
        {
            ReadSymbol(rtf, ref position);
            return;
        }

        var start = position;
        while (position < rtf.Length && position - start < MaxWord && char.IsAsciiLetter((char)rtf[position])) position++;
        var word = rtf[start..position];
        start = position;
        if (position < rtf.Length && rtf[position] == '-') position++;
        while (position < rtf.Length && position - start < 11 && char.IsAsciiDigit((char)rtf[position])) position++;
        int? number = int.TryParse(rtf[start..position], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        if (number is null) position = start;
        if (position < rtf.Length && rtf[position] == ' ') position++;
        if (word.SequenceEqual("bin"u8))
        {
            position += Math.Clamp(value, 0, rtf.Length - position);
            return;
        }

        Apply(Encoding.ASCII.GetString(word), number);
        _isOptional = false;
    }

    private void ReadSymbol(ReadOnlySpan<byte> rtf, ref int position)
    {
        var symbol = rtf[position++];
        switch (symbol)
        {
            case (byte)'\'':
                if (position + 2 <= rtf.Length && byte.TryParse(rtf.Slice(position, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var octet))
                {
                    position += 2;
                    AddOctet(octet);
                }

                break;
            case (byte)'*':
                _isOptional = true;
                break;
            case (byte)'\\' or (byte)'{' or (byte)'}':
                AddOctet(symbol);
                break;
            case (byte)'~':
                AddCharacters(_isHtml ? "&nbsp;" : "\u00A0");
                break;
            case (byte)'_':
                AddCharacters("\u2011");
                break;
            case (byte)'\r' or (byte)'\n':
                AddCharacters("\n");
                break;
        }
    }

    private void AddOctet(byte octet)
    {
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        if (!IsVisible) return;
        if (_pending.Count > 0 && _pendingCodePage != _state.CodePage) Flush();
        _pendingCodePage = _state.CodePage;
        _pending.Add(octet);
    }

    private void AddCharacters(string text)
    {
        if (!IsVisible) return;
        Flush();
        _text.Append(text);
    }

    private void Flush()
    {
        if (_pending.Count == 0) return;
        var encoding = CharsetLabels.ByCodePage(_pendingCodePage) ?? CharsetLabels.ByCodePage(CharsetLabels.Windows1252)!;
        _text.Append(encoding.GetString([.. _pending]));
        _pending.Clear();
    }

    private struct State
    {
        public int CodePage;

        /// <summary>How many characters follow a \u for those who cannot read it (\uc).</summary>
        public int Unicode;

        public bool IsShown;
        public bool IsRtfOnly; // between \htmlrtf and \htmlrtf0
        public bool IsFontTable;
    }
}
