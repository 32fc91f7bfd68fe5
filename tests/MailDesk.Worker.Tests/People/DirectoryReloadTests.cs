using System.Collections.Concurrent;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.People;
using Microsoft.Extensions.Logging;

namespace MailDesk.Worker.Tests.People;

public sealed class DirectoryReloadTests : IDisposable
{
    private const string Good = """{ "clients": [{ "name": "A", "persons": [{ "name": "P", "addresses": ["p@a.example"] }] }], "engineers": [{ "name": "E", "addresses": ["e@desk.example"] }] }""";
    private const string Better = """{ "clients": [{ "name": "A", "persons": [{ "name": "Q", "addresses": ["q@a.example"] }] }], "engineers": [{ "name": "E", "addresses": ["e@desk.example"] }] }""";

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));
    private readonly LogLines _log = new();
    private readonly DeskDirectory _directory;
    private readonly DirectoryReload _reload;

    public DirectoryReloadTests()
    {
        var path = _folder.Write("people.json", Good);
        _directory = DirectoryFile.Load(path, "ru", TimeZoneInfo.Utc, [])!;
        _reload = new DirectoryReload(_directory, new DeskSettings { Desk = new DeskOptions { DirectoryFile = path } }, _clock, _log);
        _reload.Look();
    }

    [Fact]
    public void A_changed_file_is_in_force_at_the_next_look()
    {
        _folder.Write("people.json", Better);
        Assert.Equal((true, DirectoryReload.Interval), _reload.Look());

        Assert.Null(_directory.FindPerson("p@a.example"));
        Assert.NotNull(_directory.FindPerson("q@a.example"));
        Assert.Equal([401], _log.Events);
        Assert.Equal((false, DirectoryReload.Interval), _reload.Look());
    }

    [Fact]
    public void The_content_counts_and_not_the_time_or_size_of_the_file()
    {
        var path = _folder.File("people.json");
        var time = File.GetLastWriteTimeUtc(path);
        _folder.Write("people.json", Better);
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal(Good.Length, Better.Length);
        Assert.True(_reload.Look().Changed);
        File.SetLastWriteTimeUtc(path, time.AddHours(1));
        Assert.False(_reload.Look().Changed);
    }

    [Fact]
    public void A_wrong_file_keeps_the_last_good_one_and_each_problem_is_told_once()
    {
        _folder.Write("people.json", """{ "clients": [{ "name": "" }], "engineers": [{ "name": "E", "addresses": ["e"] }] }""");
        Assert.Equal((false, DirectoryReload.Retry), _reload.Look());
        Assert.Empty(_log.Events);

        _clock.Now += DirectoryReload.Patience;
        Assert.Equal((false, DirectoryReload.Interval), _reload.Look());
        Assert.Equal([402, 402, 403], _log.Events);
        Assert.Contains(_log.Lines, line => line.Contains("clients[0].name is missing", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Contains("engineers[0].addresses \"e\" is not a mail address", StringComparison.Ordinal));
        Assert.NotNull(_directory.FindPerson("p@a.example"));

        _clock.Now += DirectoryReload.Interval;
        _reload.Look();
        Assert.Equal(3, _log.Events.Count);

        _folder.Write("people.json", Better);
        Assert.True(_reload.Look().Changed);
        Assert.Equal([402, 402, 403, 404, 401], _log.Events);
    }

    [Fact]
    public void A_file_that_is_half_written_for_a_moment_is_not_complained_of()
    {
        for (var length = 0; length < Better.Length; length += 20)
        {
            _folder.Write("people.json", Better[..length]);
            Assert.Equal((false, DirectoryReload.Retry), _reload.Look());
            _clock.Now += DirectoryReload.Retry;
        }

        File.Delete(_folder.File("people.json"));
        Assert.Equal((false, DirectoryReload.Retry), _reload.Look());
        _folder.Write("people.json", Better);

        Assert.True(_reload.Look().Changed);
        Assert.Equal([401], _log.Events);
    }

    [Fact]
    public void A_file_that_is_gone_is_told_and_told_again_when_it_is_back()
    {
        File.Delete(_folder.File("people.json"));
        _reload.Look();
        _clock.Now += DirectoryReload.Patience;
        _reload.Look();
        Assert.Equal([402, 403], _log.Events);

        _folder.Write("people.json", Good);
        Assert.False(_reload.Look().Changed);
        Assert.Equal([402, 403, 404], _log.Events);
    }

    [Fact]
    public void Another_mistake_in_the_same_file_is_another_line()
    {
        foreach (var wrong in new[] { "{", """{ "engineers": [] }""" })
        {
            _folder.Write("people.json", wrong);
            _reload.Look();
            _clock.Now += DirectoryReload.Patience;
            _reload.Look();
        }

        Assert.Equal([402, 403, 402, 403], _log.Events);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class LogLines : ILogger<DirectoryReload>
    {
        private readonly ConcurrentQueue<(int Id, string Line)> _lines = new();

        public IReadOnlyList<int> Events => [.. _lines.Select(line => line.Id)];

        public IEnumerable<string> Lines => _lines.Select(line => line.Line);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((eventId.Id, formatter(state, exception)));
    }
}
