using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// Decodes encoded-words (RFC 2047) in unfolded text, as leniently as people's mail programs are strict: inside words and quotes,
/// with spaces, without padding, split inside a character. Linear in its input.
/// </summary>
internal static class EncodedWords
{
    /// <summary>Decodes and trims; the result holds no control characters.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal)) return HeaderText.Clean(text);

        var decoder = new Decoder(text);
        return HeaderText.Clean(decoder.Run());
    }

    private ref struct Decoder(string text)
    {
        private readonly StringBuilder _result = new(text.Length);

        /// <summary>Octets of adjacent words of one charset: a character may be split between them (against RFC 2047 §5).</summary>
        private readonly ArrayBufferWriter<byte> _pending = new();
        private string? _charset;

        /// <summary>The first "?=" at or after the last place looked from, so that no search is done twice.</summary>
        private int _terminator = -1;

        public string Run()
        {
            var position = 0;
            var literalStart = 0;
            var afterWord = false;
            while (true)
            {
                var begin = text.IndexOf("=?", position, StringComparison.Ordinal);
                if (begin < 0) break;
                if (!TryWord(begin, out var charset, out var isBase64, out var payload))
                {
                    position = begin + 2;
                    continue;
                }

                // RFC 2047 §6.2: white space between adjacent encoded-words is not shown.
                var between = text.AsSpan(literalStart, begin - literalStart);
                var adjacent = afterWord && between.IsWhiteSpace();
                if (!adjacent)
                {
                    Flush();
                    _result.Append(between);
                }

                if (!charset.Equals(_charset, StringComparison.OrdinalIgnoreCase))
                {
                    Flush();
                    _charset = charset.ToString();
                }

                if (isBase64) AppendBase64(payload);
                else AppendQ(payload);
                afterWord = true;
                position = literalStart = _terminator + 2;
            }

            Flush();
            _result.Append(text.AsSpan(literalStart));
            return _result.ToString();
        }

        private bool TryWord(int begin, out ReadOnlySpan<char> charset, out bool isBase64, out ReadOnlySpan<char> payload)
        {
            isBase64 = false;
            payload = default;
            var rest = text.AsSpan(begin + 2);
            var question = rest[..Math.Min(rest.Length, 80)].IndexOf('?');
            charset = question > 0 ? rest[..question] : default;
            if (question <= 0 || charset.ContainsAny(" \t=") || question + 2 >= rest.Length || rest[question + 2] != '?') return false;
            isBase64 = rest[question + 1] is 'B' or 'b';
            if (!isBase64 && rest[question + 1] is not ('Q' or 'q')) return false;
            var language = charset.IndexOf('*'); // RFC 2231 §5
            if (language >= 0) charset = charset[..language];

            var start = begin + 2 + question + 3;
            if (_terminator < start)
            {
                _terminator = text.IndexOf("?=", start, StringComparison.Ordinal);
                if (_terminator < 0) _terminator = int.MaxValue;
            }

            if (_terminator == int.MaxValue) return false;
            payload = text.AsSpan(start, _terminator - start);
            return !payload.Contains("=?", StringComparison.Ordinal); // a word that was never closed before another
        }

        private readonly void AppendQ(ReadOnlySpan<char> payload)
        {
            var target = _pending.GetSpan(payload.Length * 3 + 1);
            var length = 0;
            for (var i = 0; i < payload.Length; i++)
            {
                var c = payload[i];
                if (c == '_') target[length++] = (byte)' ';
                else if (c == '=' && i + 2 < payload.Length && char.IsAsciiHexDigit(payload[i + 1]) && char.IsAsciiHexDigit(payload[i + 2]))
                {
                    target[length++] = (byte)(HexDigit(payload[i + 1]) << 4 | HexDigit(payload[i + 2]));
                    i += 2;
                }
                else if (char.IsAscii(c)) target[length++] = (byte)c;
                else
                {
                    var units = i + 1 < payload.Length && char.IsSurrogatePair(c, payload[i + 1]) ? 2 : 1;
                    length += Encoding.UTF8.GetBytes(payload.Slice(i, units), target[length..]);
                    i += units - 1;
                }
            }

            _pending.Advance(length);
        }

        private readonly void AppendBase64(ReadOnlySpan<char> payload)
        {
            var ascii = ArrayPool<byte>.Shared.Rent(payload.Length);
            Encoding.ASCII.GetBytes(payload, ascii);
            var source = ascii.AsSpan(0, payload.Length);
            var target = _pending.GetSpan(Base64.GetMaxDecodedFromUtf8Length(source.Length) + 4);
            _pending.Advance(Base64Decoder.Decode(source, target));
            ArrayPool<byte>.Shared.Return(ascii);
        }

        private void Flush()
        {
            if (_pending.WrittenCount > 0) _result.Append(CharsetDetector.Decode(_pending.WrittenSpan, _charset, out _));
            _pending.ResetWrittenCount();
            _charset = null;
        }

        private static int HexDigit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    }
}
