using System.Net;
using System.Text;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Templates;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.CommandLine;

/// <summary>Writes every sample letter to files, for whoever edits the templates. Needs the templates alone: no directory, no database, no server.</summary>
internal static class PreviewCommand
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task<int> InvokeAsync(string directory, string? config, CancellationToken cancellationToken)
    {
        var (_, settings) = Startup.Load(config);
        return await WriteAsync(directory, settings, Console.Out, Console.Error, cancellationToken);
    }

    internal static async Task<int> WriteAsync(string directory, DeskSettings settings, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var composer = new LetterComposer(TemplateSet.Load(settings.Desk.TemplatesFolder), settings.Desk.Operator.Length > 0 ? settings.Desk.Operator : null);
        try
        {
            Directory.CreateDirectory(directory);
            List<(string Language, string Name, string Subject)> written = [];
            var failed = 0;
            foreach (var language in LetterSamples.Languages)
            {
                foreach (var (name, letter) in LetterSamples.All(language))
                {
                    try
                    {
                        written.Add((language, name, await WriteAsync(Path.Combine(directory, $"{name}.{language}"), composer.Compose(letter), cancellationToken)));
                    }
                    catch (TemplateException e)
                    {
                        failed++;
                        await errors.WriteLineAsync($"{name}.{language}: {e.Message}");
                    }
                }
            }

            await File.WriteAllTextAsync(Path.Combine(directory, "index.html"), Index(written), Utf8, cancellationToken);
            await output.WriteLineAsync($"{written.Count} letters; open {Path.Combine(Path.GetFullPath(directory), "index.html")}");
            return failed == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await errors.WriteLineAsync($"Cannot write to {directory}: {e.Message} Give a folder that can be written, such as: maildesk preview letters");
            return 1;
        }
    }

    /// <returns>The subject.</returns>
    private static async Task<string> WriteAsync(string path, byte[] raw, CancellationToken cancellationToken)
    {
        var message = MimeParser.Parse(raw);
        await File.WriteAllBytesAsync($"{path}.eml", raw, cancellationToken);
        await File.WriteAllTextAsync($"{path}.html", message.HtmlBody, Utf8, cancellationToken);
        await File.WriteAllTextAsync($"{path}.txt", FormatFlowed.Decode(message.TextBody ?? "", delSp: false), Utf8, cancellationToken);
        return message.Subject;
    }

    private static string Index(List<(string Language, string Name, string Subject)> written)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>MailDesk letters</title></head>\n<body style=\"font-family:sans-serif\">\n");
        foreach (var language in written.GroupBy(letter => letter.Language, StringComparer.Ordinal))
        {
            html.Append("<h2>").Append(language.Key).Append("</h2>\n<table>\n");
            foreach (var (_, name, subject) in language)
            {
                var file = $"{name}.{language.Key}";
                html.Append("<tr><td><a href=\"").Append(file).Append(".html\">").Append(name).Append("</a></td><td><a href=\"").Append(file).Append(".txt\">txt</a> <a href=\"")
                    .Append(file).Append(".eml\">eml</a></td><td>").Append(WebUtility.HtmlEncode(subject)).Append("</td></tr>\n");
            }

            html.Append("</table>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }
}
