using System.Security.Cryptography;
using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.People;

/// <summary>
/// Looks whether the directory file has changed, and puts a good one in force. What always holds: a file that is wrong changes nothing, the
/// last good one stays in force; each thing that is wrong is logged once, and that the file is good again; a file that is wrong for a moment
/// only (an editor is writing it) is never complained of. Not for concurrent use.
/// </summary>
public sealed partial class DirectoryReload
{
    /// <summary>Between looks while all is well.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Between looks at a file that is wrong and may be half written.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a file may be wrong before anybody is told: no editor takes longer to save.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly DeskDirectory _directory;
    private readonly TimeProvider _time;
    private readonly ILogger<DirectoryReload> _log;
    private readonly string _path;
    private readonly string _language;
    private readonly TimeZoneInfo _zone;
    private byte[] _inForce;
    private DateTimeOffset _wrongSince;
    private string? _seen;
    private string? _told;

    public DirectoryReload(DeskDirectory directory, DeskSettings settings, TimeProvider time, ILogger<DirectoryReload> log)
    {
        (_directory, _time, _log) = (directory, time, log);
        _path = Path.GetFullPath(settings.Desk.DirectoryFile);
        (_language, _zone) = (settings.Desk.Language, TimeZoneInfo.FindSystemTimeZoneById(settings.Desk.TimeZone));
        // What was loaded at the start may have been overwritten since: then the first look finds it, and reads once more what it knows.
        _inForce = [];
    }

    public string FilePath => _path;

    /// <summary>Looks once.</summary>
    /// <returns>Whether the people have changed, and after which pause to look again.</returns>
    public (bool Changed, TimeSpan Next) Look()
    {
        List<string> problems = [];
        var hash = Hash(problems);
        if (hash is not null && hash.AsSpan().SequenceEqual(_inForce))
        {
            Recover();
            return (false, Interval);
        }

        if (hash is not null && Read(problems) is var (content, read))
        {
            var first = _inForce.Length == 0;
            _inForce = read;
            Recover();
            _directory.Replace(content);
            if (!first) LogInForce(_path, content.Clients.Count, content.Engineers.Count);
            return (true, Interval);
        }

        return (false, Complain(problems));
    }

    private TimeSpan Complain(List<string> problems)
    {
        var (now, all) = (_time.GetUtcNow(), string.Join('\n', problems));
        if (!string.Equals(all, _seen, StringComparison.Ordinal)) (_seen, _wrongSince) = (all, now);
        if (now - _wrongSince < Patience) return Retry;

        if (string.Equals(all, _told, StringComparison.Ordinal)) return Interval;
        _told = all;
        foreach (var problem in problems) LogProblem(problem);
        LogKept(_path, problems.Count);
        return Interval;
    }

    private void Recover()
    {
        if (_told is not null) LogGoodAgain(_path);
        (_seen, _told) = (null, null);
    }

    /// <summary>The hash without the content: nearly every look ends here.</summary>
    private byte[]? Hash(List<string> problems)
    {
        try
        {
            using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return SHA256.HashData(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Desk:DirectoryFile: cannot read {_path}: {e.Message}");
            return null;
        }
    }

    private (DirectoryContent Content, byte[] Hash)? Read(List<string> problems)
    {
        try
        {
            var text = File.ReadAllBytes(_path);
            return DirectoryFile.Read(_path, text, _language, _zone, problems) is { } content ? (content, SHA256.HashData(text)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"Desk:DirectoryFile: cannot read {_path}: {e.Message}");
            return null;
        }
    }

    [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "Directory {Path}: the changed file is in force: {Clients} clients, {Engineers} engineers")]
    private partial void LogInForce(string path, int clients, int engineers);

    [LoggerMessage(EventId = 402, Level = LogLevel.Error, Message = "Directory: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(EventId = 403, Level = LogLevel.Error, Message = "Directory {Path}: {Problems} problems; the last good file stays in force")]
    private partial void LogKept(string path, int problems);

    [LoggerMessage(EventId = 404, Level = LogLevel.Information, Message = "Directory {Path}: the file is good again")]
    private partial void LogGoodAgain(string path);
}
