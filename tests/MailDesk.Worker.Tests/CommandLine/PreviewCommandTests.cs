using MailDesk.Mail.Mime;
using MailDesk.Worker.CommandLine;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.CommandLine;

public sealed class PreviewCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly StringWriter _output = new(), _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Every_letter_is_written_in_every_language_and_form_and_linked_from_the_index()
    {
        var folder = _folder.File("letters");

        Assert.Equal(0, await WriteAsync(folder));

        var names = LetterSamples.Languages.SelectMany(language => LetterSamples.All(language).Select(sample => $"{sample.Name}.{language}")).ToList();
        var files = names.SelectMany(name => new[] { $"{name}.html", $"{name}.txt", $"{name}.eml" }).Append("index.html");
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
        Assert.All(Directory.GetFiles(folder), file => Assert.NotEqual(0, new FileInfo(file).Length));
        var index = await File.ReadAllTextAsync(Path.Combine(folder, "index.html"), TestContext.Current.CancellationToken);
        Assert.All(names, name => Assert.Contains($"href=\"{name}.html\"", index, StringComparison.Ordinal));
        Assert.Empty(MimeParser.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "registered.ru.eml"), TestContext.Current.CancellationToken)).Defects);
        Assert.Contains($"{names.Count} letters", _output.ToString(), StringComparison.Ordinal);

        // Again over the same files.
        Assert.Equal(0, await WriteAsync(folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(_folder.File("letters"), "a file", TestContext.Current.CancellationToken);

        Assert.Equal(1, await WriteAsync(_folder.File("letters")));

        Assert.Contains($"Cannot write to {_folder.File("letters")}", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> WriteAsync(string folder)
    {
        var settings = new DeskSettings();
        settings.Desk.TemplatesFolder = Path.Combine(AppContext.BaseDirectory, "templates");
        return PreviewCommand.WriteAsync(folder, settings, _output, _errors, TestContext.Current.CancellationToken);
    }
}
