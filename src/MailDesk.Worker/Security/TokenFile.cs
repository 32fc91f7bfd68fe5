using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Worker.Security;

/// <summary>
/// An access token (OAuth 2.0) in a file that another program keeps fresh: read anew at each login, and once more when the server has
/// refused what was in it. The token is in no message and no log.
/// </summary>
/// <param name="path">UTF-8, or what its byte order mark says (Windows PowerShell writes UTF-16); blanks and line ends around the token do not count.</param>
public sealed class TokenFile(string path) : ITokenProvider
{
    /// <summary>The longest tokens that providers give have a few thousand octets; more is another kind of file.</summary>
    private const int MaxOctets = 64 * 1024;

    /// <exception cref="InvalidDataException">The file is empty or no token.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        // Whoever renews the file may write it or put another in its place meanwhile.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        await using (file)
        {
            var octets = new byte[MaxOctets + 1];
            var length = await file.ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, cancellationToken);
            if (length > MaxOctets) throw new InvalidDataException($"{path} is no token: it has more than {MaxOctets} octets");
            using var text = new StreamReader(new MemoryStream(octets, 0, length), Encoding.UTF8);
            var token = (await text.ReadToEndAsync(cancellationToken)).Trim();
            return token.Length > 0 ? token : throw new InvalidDataException($"{path} is empty");
        }
    }
}
