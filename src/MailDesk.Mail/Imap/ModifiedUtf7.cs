using System.Text;

namespace MailDesk.Mail.Imap;

/// <summary>How IMAP4rev1 writes mailbox names beyond ASCII (RFC 3501 §5.1.3).</summary>
internal static class ModifiedUtf7
{
    public static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length;)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                encoded.Append(name[i] == '&' ? "&-" : name[i].ToString());
                i++;
                continue;
            }

            var start = i;
            while (i < name.Length && name[i] is < ' ' or > '~') i++;
            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[start..i]));
            encoded.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
        }

        return encoded.ToString();
    }
}
