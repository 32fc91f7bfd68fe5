namespace MailDesk.Mail.Mime;

/// <summary>
/// Finds the tree of a message. The multiparts that are open lie on a stack; each delimiter line belongs to the innermost one whose
/// boundary it names, and closes those within.
/// </summary>
internal sealed class StructureParser
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly MimeLimits _limits;
    private readonly MimeLimits _inner;
    private readonly DelimiterFinder _delimiters;
    private readonly HeaderReader _headers;
    private readonly List<MultipartEntity> _open = [];
    private readonly List<MimePart> _parts = [];
    private readonly List<MimeDefect> _defects = [];
    private bool _limitExceeded;

    public StructureParser(ReadOnlyMemory<byte> raw, MimeLimits limits)
    {
        _raw = raw;
        _limits = limits;
        _inner = limits with { MaxDepth = Math.Max(0, limits.MaxDepth - 1) };
        _delimiters = new DelimiterFinder(raw);
        _headers = new HeaderReader(raw, limits, _delimiters, _defects);
    }

    public MailMessage Parse()
    {
        var position = _headers.SkipEnvelope();
        var root = ReadEntity(ref position, out var delimiter);
        while (Resume(ref delimiter, out position))
        {
            if (_parts.Count >= _limits.MaxParts)
            {
                Exceeded(MimeLimit.Parts, position, $"more than {_limits.MaxParts} parts");
                break;
            }

            ReadEntity(ref position, out delimiter);
        }

        NoteDuplicates(root.Headers);
        return new MailMessage(_raw, root, _parts, _defects, _limitExceeded | _headers.LimitExceeded);
    }

    /// <summary>Reads one entity: a leaf to its end, a multipart to its first delimiter.</summary>
    private MimeEntity ReadEntity(ref int position, out Delimiter delimiter)
    {
        var start = position;
        var headers = _headers.Read(ref position);
        var type = TypeOf(headers);
        if (type.IsMultipart && MayOpen(start) && OpenMultipart(type, position, out delimiter))
        {
            var multipart = new MultipartEntity(headers, type);
            Attach(multipart);
            _open.Add(multipart);
            return multipart;
        }

        delimiter = _delimiters.Find(position);
        var content = _raw[position..delimiter.ContentEnd];
        if (type.IsMultipart && content.Span.Trim(" \t\r\n"u8).Length == 0)
        {
            var empty = new MultipartEntity(headers, type);
            Attach(empty);
            return empty;
        }

        var inner = type.IsMessage ? _inner with { MaxDepth = Math.Max(0, _inner.MaxDepth - _open.Count) } : _inner;
        var part = new MimePart(headers, type, content, inner);
        if (TransferDecoder.Find(headers.First("Content-Transfer-Encoding")?.Text) is null)
        {
            Defect(MimeDefectKind.UnknownTransferEncoding, start, headers["Content-Transfer-Encoding"] ?? "");
        }

        if (type.Is("message", "partial")) Defect(MimeDefectKind.PartialMessage, start, $"number {type["number"] ?? "?"} of {type["total"] ?? "?"}");
        Attach(part);
        _parts.Add(part);
        return part;
    }

    /// <summary>Closes what the delimiter closes and goes to where the next entity begins. False at the end of the message.</summary>
    private bool Resume(ref Delimiter delimiter, out int position)
    {
        while (true)
        {
            position = delimiter.Next;
            var level = delimiter.Level;
            for (var i = _open.Count - 1; i > level; i--)
            {
                Defect(MimeDefectKind.UnclosedMultipart, delimiter.ContentEnd, _open[i].ContentType.MediaType);
                Close();
            }

            if (level < 0) return false;
            if (!delimiter.IsClosing)
            {
                // Nothing between two delimiters, or after the last: not even an empty part.
                if (position >= _raw.Length) delimiter = _delimiters.Find(position);
                else if (!_delimiters.TryMatch(position, out delimiter)) return true;
                continue;
            }

            Close();
            if (_open.Count == 0) return false;
            delimiter = _delimiters.Find(position); // past the epilogue
        }
    }

    /// <summary>Makes the boundary known: the declared one if it occurs, else the one that the first delimiter-like line names.</summary>
    private bool OpenMultipart(ContentType type, int position, out Delimiter delimiter)
    {
        var level = _open.Count;
        if (type["boundary"] is { Length: > 0 } declared)
        {
            _delimiters.Push(declared);
            delimiter = _delimiters.Find(position);
            if (delimiter.Level == level) return true;
            _delimiters.Pop();
        }

        Defect(MimeDefectKind.MissingBoundary, position, type.MediaType);
        delimiter = default;
        if (!_delimiters.TryPushGuess(position)) return false;
        delimiter = _delimiters.Find(position);
        return true;
    }

    private bool MayOpen(int position)
    {
        if (_raw.Length > _limits.MaxBytes)
        {
            Exceeded(MimeLimit.Bytes, position, $"larger than {_limits.MaxBytes} octets");
            return false;
        }

        if (_open.Count < _limits.MaxDepth) return true;
        if (!_limitExceeded) Exceeded(MimeLimit.Depth, position, $"nested deeper than {_limits.MaxDepth}");
        return false;
    }

    private ContentType TypeOf(HeaderList headers)
    {
        if (headers.First("Content-Type") is { Text: { Length: > 0 } text }) return ContentType.Parse(text);
        // RFC 2046 §5.1.5: in a digest the parts are messages unless they say otherwise.
        return _open is [.., { ContentType.Subtype: "digest" }] ? ContentType.MessageRfc822 : ContentType.TextPlain;
    }

    private void Attach(MimeEntity entity)
    {
        if (_open.Count > 0) _open[^1].Add(entity);
    }

    private void Close()
    {
        _open.RemoveAt(_open.Count - 1);
        _delimiters.Pop();
    }

    /// <summary>RFC 5322 §3.6: these occur once.</summary>
    private void NoteDuplicates(HeaderList headers)
    {
        ReadOnlySpan<string> once = ["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Content-Type"];
        foreach (var name in once)
        {
            var second = headers.OffsetOfSecond(name);
            if (second >= 0) Defect(MimeDefectKind.DuplicateHeader, second, name);
        }
    }

    private void Exceeded(MimeLimit limit, int offset, string detail)
    {
        _limitExceeded = true;
        _defects.Add(new MimeDefect(MimeDefectKind.LimitExceeded, offset, detail, limit));
    }

    private void Defect(MimeDefectKind kind, int offset, string detail) => _defects.Add(new MimeDefect(kind, offset, detail));
}
