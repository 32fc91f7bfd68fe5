using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class PythonReadsLettersTests
{
    private const string Reader = """
        import email, email.policy, sys
        for path in sys.argv[1:]:
            m = email.message_from_binary_file(open(path, 'rb'), policy=email.policy.default)
            parts = list(m.walk())
            assert not any(p.defects for p in parts), [p.defects for p in parts]
            print(m['subject'], m.get_body(('plain',)).get_content().splitlines()[0], len(list(m.iter_attachments())), sep='|')
        """;

    [Theory]
    [InlineData("ru")]
    [InlineData("be")]
    [InlineData("en")]
    public void Another_parser_reads_every_letter_without_a_defect(string language)
    {
        var directory = Directory.CreateTempSubdirectory("maildesk-letters");
        try
        {
            var expected = new List<string>();
            foreach (var (name, sample) in LetterSamples.All(language))
            {
                var letter = new ComposedLetter(sample with { Attachments = [new("журнал событий.txt", "text/plain", new byte[100])] });
                File.WriteAllBytes(Path.Combine(directory.FullName, name + ".eml"), letter.Raw);
                expected.Add($"{letter.Message.Subject}|{letter.Text.Split('\n')[0]}|1");
            }

            var files = LetterSamples.All(language).Select(s => Path.Combine(directory.FullName, s.Name + ".eml"));
            Assert.Equal(expected, Python(["-c", Reader, .. files]).TrimEnd().Split('\n'));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Python(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        try
        {
            using var python = Process.Start(start)!;
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not installed");
            throw;
        }
    }
}
