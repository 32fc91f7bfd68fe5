using System.Text;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Tests.Security;

public sealed class TokenFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("ya29.a0Af-token")]
    [InlineData("ya29.a0Af-token\n")]
    [InlineData("\uFEFF  ya29.a0Af-token \r\n\r\n")]
    public async Task The_token_is_what_stands_between_the_blanks(string content) => Assert.Equal("ya29.a0Af-token", await ReadAsync(_folder.Write("token", content)));

    [Fact]
    public async Task A_file_as_Windows_PowerShell_writes_it_is_read()
    {
        await File.WriteAllTextAsync(_folder.File("token"), "ya29.a0Af-token\r\n", Encoding.Unicode, TestContext.Current.CancellationToken);
        Assert.Equal("ya29.a0Af-token", await ReadAsync(_folder.File("token")));
    }

    [Fact]
    public async Task Each_login_gets_what_the_file_holds_by_then()
    {
        var tokens = new TokenFile(_folder.Write("token", "one"));
        Assert.Equal("one", await tokens.GetTokenAsync(null, TestContext.Current.CancellationToken));
        _folder.Write("next", "two");
        File.Move(_folder.File("next"), _folder.File("token"), overwrite: true);
        Assert.Equal("two", await tokens.GetTokenAsync("one", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    public async Task An_empty_file_is_told_by_its_name(string content)
    {
        var file = _folder.Write("token", content);
        Assert.Equal($"{file} is empty", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file))).Message);
    }

    [Fact]
    public async Task A_missing_file_is_told_by_its_name() =>
        Assert.Contains(_folder.File("nowhere"), (await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(_folder.File("nowhere")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_is_no_token() => await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(_folder.Path));

    [Fact]
    public async Task A_file_that_is_far_too_long_is_not_read_as_a_token()
    {
        var file = _folder.Write("token", new string('x', 64 * 1024));
        Assert.Equal(64 * 1024, (await ReadAsync(file)).Length);
        await File.AppendAllTextAsync(file, "y", Encoding.ASCII, TestContext.Current.CancellationToken);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file));
        Assert.DoesNotContain("xx", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<string> ReadAsync(string file) => new TokenFile(file).GetTokenAsync(null, TestContext.Current.CancellationToken);
}
