using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

public sealed class HeaderWordsTests
{
    [Theory]
    [InlineData("  one\r\n two\t\u00a0three ", 50, "one two three")]
    [InlineData("exactly ten", 11, "exactly ten")]
    [InlineData("exactly ten", 10, "exactly t…")]
    [InlineData("exactly ten", 9, "exactly…")]
    [InlineData("😀😀😀", 4, "😀…")]
    [InlineData("\u202Eevil\u200F", 50, "evil")]
    [InlineData("\r\n\0", 50, "")]
    public void Text_becomes_one_short_line(string text, int limit, string expected) => Assert.Equal(expected, HeaderWords.Of(text, limit));
}
