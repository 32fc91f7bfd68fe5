namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>Mailbox names travel in UTF-8; in modified UTF-7 else (RFC 3501 §5.1.3).</summary>
    private bool _utf8Names;

    /// <summary>To be asked for after the login and before the first SELECT (RFC 6855 §3, RFC 5161 §3.1).</summary>
    private async Task EnableUtf8Async(CancellationToken cancellationToken)
    {
        _utf8Names = Has("IMAP4rev2") && !Has("IMAP4rev1"); // RFC 9051 appendix A: with both it would have to be enabled
        if (_utf8Names || !Has("UTF8=ACCEPT") || !Has("ENABLE")) return;
        await ExecuteAsync("ENABLE UTF8=ACCEPT", cancellationToken, async response =>
        {
            if (response.Kind != ImapResponseKind.Enabled) return;
            while (await _reader.NextAsync(cancellationToken) is not ImapTokenKind.End) _utf8Names |= _reader.Is("UTF8=ACCEPT"u8);
        });
    }
}
