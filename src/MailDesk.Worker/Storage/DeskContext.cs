using System.Collections.Immutable;
using System.Globalization;
using MailDesk.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MailDesk.Worker.Storage;

/// <summary>
/// The tables. Times are stored as milliseconds of Unix time, so that they sort and compare in any engine; the closed sets by name, so that
/// a database can be read without the code.
/// </summary>
public sealed class DeskContext(DbContextOptions<DeskContext> options) : DbContext(options)
{
    public DbSet<TicketRow> Tickets => Set<TicketRow>();

    public DbSet<ParticipantRow> Participants => Set<ParticipantRow>();

    public DbSet<LinkRow> Links => Set<LinkRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    public DbSet<MailRow> Mails => Set<MailRow>();

    public DbSet<MailContentRow> MailContents => Set<MailContentRow>();

    public DbSet<LetterRow> Letters => Set<LetterRow>();

    public DbSet<LetterContentRow> LetterContents => Set<LetterContentRow>();

    public DbSet<SeriesRow> Series => Set<SeriesRow>();

    public DbSet<PersonChangeRow> PersonChanges => Set<PersonChangeRow>();

    public DbSet<FailureRow> Failures => Set<FailureRow>();

    public DbSet<RoundRow> Rounds => Set<RoundRow>();

    private readonly List<object> _inserted = [];

    /// <summary>Whose unit of work this is.</summary>
    internal DeskStore? Store { get; set; }

    /// <summary>Its place in a row of units of work; null when it stands alone.</summary>
    internal Turn? Turn { get; set; }

    /// <summary>What is to be done once what this unit of work adds is in the database, by <see cref="DeskStore"/>.</summary>
    public Action? OnCommitted { get; set; }

    internal IReadOnlyList<object> Inserted => _inserted;

    /// <summary>
    /// Has a new row written with this unit of work, with all new rows that belong to it. The same as adding it, but it is not tracked: until then
    /// nothing here finds it, and it gets its keys, and those of the rows that it refers to, as it is written.
    /// </summary>
    public void Insert(object row) => _inserted.Add(row);

    /// <summary>Takes back new rows of one kind.</summary>
    public void Discard<T>() => _inserted.RemoveAll(row => row is T);

    /// <summary>
    /// Rows of one table as they are committed now, tracked from then on. For what every mail asks; the same as a query, but compiled once.
    /// </summary>
    /// <param name="which">The rest of the statement from WHERE on, with @p0, @p1 and so on.</param>
    public List<T> Find<T>(string which, params ReadOnlySpan<object?> values)
        where T : class
    {
        var key = Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties;
        return Store!.Read<T>(which, values).ConvertAll(row =>
        {
            var tracked = Set<T>().Local.FindEntryUntyped(key.Select(property => property.GetGetter().GetClrValue(row)));
            if (tracked is not null) return (T)tracked.Entity;
            Entry(row).State = EntityState.Unchanged;
            return row;
        });
    }

    /// <summary>Entity Framework writes only what it tracks.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        AddRange(_inserted);
        _inserted.Clear();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Contexts are used again.</summary>
    public override ValueTask DisposeAsync()
    {
        _inserted.Clear();
        (Store, OnCommitted, Turn) = (null, null, null);
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixTime>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<Milliseconds>();
        configurationBuilder.Properties<Enum>().HaveMaxLength(32);
        configurationBuilder.Properties<ImmutableArray<Deadline>>().HaveConversion<DeadlinesText, ByValue<Deadline>>();
        configurationBuilder.Properties<ImmutableArray<string>>().HaveConversion<LinesText, ByValue<string>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TicketRow>(ticket =>
        {
            ticket.HasIndex(t => new { t.Kind, t.Number }).IsUnique();
            ticket.HasIndex(t => new { t.Kind, t.FormerNumber }).IsUnique().HasFilter("\"FormerNumber\" IS NOT NULL");
            ticket.HasOne(t => t.About).WithMany().HasForeignKey(t => t.AboutId);
            ticket.HasIndex(t => t.NextDeadlineAt);
            ticket.HasIndex(t => t.State);
            ticket.HasIndex(t => t.ClosedAt).HasFilter("\"ClosedAt\" IS NOT NULL");
            ticket.Property(t => t.Version).IsConcurrencyToken();
            ticket.HasMany(t => t.Participants).WithOne().HasForeignKey(p => p.TicketId);
        });
        modelBuilder.Entity<ParticipantRow>().HasKey(p => new { p.TicketId, p.Address });
        modelBuilder.Entity<TicketRow>().HasOne(t => t.MergedInto).WithMany().HasForeignKey(t => t.MergedIntoId);
        modelBuilder.Entity<LinkRow>(link =>
        {
            link.HasKey(l => new { l.TicketId, l.OtherId });
            link.HasOne<TicketRow>().WithMany(t => t.Links).HasForeignKey(l => l.TicketId);
            link.HasOne(l => l.Other).WithMany().HasForeignKey(l => l.OtherId);
        });
        modelBuilder.Entity<EventRow>().HasIndex(e => e.At).HasFilter("\"Kind\" = 'Registered' AND \"To\" = 'Held'");
        modelBuilder.Entity<RoundRow>(round =>
        {
            round.HasKey(r => r.Kind);
            round.Property(r => r.Next).IsConcurrencyToken();
        });
        modelBuilder.Entity<MailRow>(mail =>
        {
            mail.HasIndex(m => new { m.Mailbox, m.UidValidity, m.Uid }).IsUnique();
            // One original of a content: the second of two that arrive at the same moment loses the race and is decided again as a duplicate.
            // Term by term as the query says it: SQLite takes a partial index only then.
            mail.HasIndex(m => m.ContentHash).IsUnique().HasFilter("\"Kind\" <> 'Duplicate' AND \"Kind\" <> 'Unprocessable' AND \"Kind\" <> 'TooLarge'");
            // One explanation for a message that is over a limit, however often it comes.
            mail.HasIndex(m => m.ContentHash, "IX_Mails_ContentHash_TooLarge").IsUnique().HasFilter("\"Kind\" = 'TooLarge'");
            // Two replays of one message: the second one is told that it is too late.
            mail.Property(m => m.Kind).IsConcurrencyToken();
            mail.HasIndex(m => m.MessageId);
            mail.HasOne(m => m.Content).WithOne().HasForeignKey<MailContentRow>(c => c.MailId);
        });
        modelBuilder.Entity<MailContentRow>().HasKey(c => c.MailId);
        modelBuilder.Entity<LetterRow>(letter =>
        {
            letter.HasIndex(l => l.NextAttemptAt).HasFilter("\"NextAttemptAt\" IS NOT NULL");
            letter.HasIndex(l => new { l.TicketId, l.Recipient, l.NextAttemptAt }).HasFilter("\"NextAttemptAt\" IS NOT NULL");
            letter.HasIndex(l => new { l.Recipient, l.CreatedAt });
            letter.HasIndex(l => new { l.Recipient, l.PacedAt }).HasFilter("\"PacedAt\" IS NOT NULL");
            letter.HasIndex(l => new { l.Recipient, l.CreatedAt }, "IX_Letters_Replies").HasFilter("\"Pace\" = 'Reply' AND \"State\" <> 'Suppressed'");
            letter.HasIndex(l => l.MessageId);
            // Given up by a report and by the outbox at the same moment: told once.
            letter.Property(l => l.State).IsConcurrencyToken();
            letter.HasOne(l => l.Content).WithOne().HasForeignKey<LetterContentRow>(c => c.LetterId);
        });
        modelBuilder.Entity<LetterContentRow>().HasKey(c => c.LetterId);
        modelBuilder.Entity<SeriesRow>(series =>
        {
            series.HasKey(s => s.Kind);
            series.Property(s => s.Last).IsConcurrencyToken();
        });
        modelBuilder.Entity<PersonChangeRow>(change =>
        {
            change.HasOne(c => c.Ticket).WithMany().HasForeignKey(c => c.TicketId);
            change.HasIndex(c => c.State);
            change.HasIndex(c => new { c.Client, c.Turn }).IsUnique().HasFilter("\"Turn\" IS NOT NULL");
        });
        modelBuilder.Entity<FailureRow>().HasKey(f => new { f.Mailbox, f.UidValidity, f.Uid });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(rows => rows.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type.IsEnum) property.SetValueConverter(new EnumName(type));
        }
    }

    private sealed class UnixTime() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));

    private sealed class Milliseconds() : ValueConverter<TimeSpan, long>(
        time => (long)time.TotalMilliseconds, number => TimeSpan.FromMilliseconds(number));

    /// <summary>One line a deadline: its kind, a space, its time.</summary>
    private sealed class DeadlinesText() : ValueConverter<ImmutableArray<Deadline>, string>(
        deadlines => string.Join('\n', deadlines.Select(d => $"{d.Kind} {d.DueAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}")),
        text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToImmutableArray())
    {
        private static Deadline Read(string line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            return new Deadline(
                Enum.Parse<DeadlineKind>(line.AsSpan(0, space)),
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture)));
        }
    }

    private sealed class LinesText() : ValueConverter<ImmutableArray<string>, string>(
        lines => string.Join('\n', lines), text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray());

    private sealed class ByValue<T>() : ValueComparer<ImmutableArray<T>>(
        (left, right) => left.SequenceEqual(right), array => array.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)));
}
