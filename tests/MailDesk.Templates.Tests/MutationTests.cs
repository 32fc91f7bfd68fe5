using System.Text;

namespace MailDesk.Templates.Tests;

/// <summary>Whatever a template holds, compiling and rendering it ends, with a text or with a <see cref="TemplateException"/>.</summary>
public sealed class MutationTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{{-", "~}}", "{%{", "}%}", "#", "##", "(", ")", "[", "]", "{", "}", "|", "||", "?", "?.", "??", ":", ",", ".", "..", "..<", ";", "\n", "\"", "'", "`",
        " if ", " else ", " end ", " for ", " in ", " case ", " when ", " capture ", " with ", " include ", " break ", " this", " for.last ", "$", "$1", "1", "-1", "1e9",
        "name", "ticket.client", "items", "nil", "string.upcase", "array.join", "array.sort", "math.round", "date.to_string", "object.format", " limit:", "=", "+=", "*", "//",
    ];

    private static readonly string[] OwnTemplates =
    [
        "{{ for i in items }}{{ for.index }}:{{ i }}{{ if !for.last }}, {{ end }}{{ else }}none{{ end }}",
        "{{ case n }}{{ when 1, 2 }}low{{ else }}{{ capture c }}{{ name | string.replace 'n' \"m\" | string.upcase }}{{ end }}{{ c }}{{ end }}",
        "{{ with ticket.client }}{{ name = name + 1; x = { a: [1, 2.5, null], b: -n } }}{{ x.a[0] ?? x?.b }}{{ end }}{{ include 'part' 1 label: 2 }}",
    ];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_mutated_template_ends_with_a_text_or_a_template_exception(int seed)
    {
        var random = new Random(seed);
        var templates = OwnTemplates.Concat(ScribanCaseTests.Cases.Select(c => c.Template)).ToArray();
        for (var i = 0; i < 1000; i++)
        {
            var template = Mutate(templates[random.Next(templates.Length)], templates[random.Next(templates.Length)], random);
            var options = new RenderOptions { Strict = i % 2 == 0, EscapeHtml = i % 3 == 0, StepLimit = 20_000, TextLimit = 100_000 };
            var failure = Record.Exception(() => Letter.Render(template, options, ("part", "{{ $1 }}{{ $.label }}")));

            Assert.True(failure is null or TemplateException or TemplateErrorsException, $"{template}\n{failure}");
        }
    }

    private static string Mutate(string template, string other, Random random)
    {
        var text = new StringBuilder(template);
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(5))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 2:
                    text.Insert(at, (char)random.Next(0, 0x500));
                    break;
                case 3:
                    text.Insert(at, other.AsSpan(random.Next(other.Length)));
                    break;
                default:
                    text.Length = Math.Max(at, 1);
                    break;
            }
        }

        return text.ToString();
    }
}
