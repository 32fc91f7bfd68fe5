using System.Security.Cryptography;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Smtp;
using MailDesk.Templates;
using MailDesk.Worker.Commands;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.History;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Outbox;
using MailDesk.Worker.People;
using MailDesk.Worker.Reports;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using Serilog;
using Serilog.Settings.Configuration;

namespace MailDesk.Worker.Hosting;

/// <summary>Puts the daemon together from its settings.</summary>
public static class DeskHost
{
    /// <summary>Time to finish the letters and messages that have begun; service managers wait longer.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Named, where Serilog would open every library in the folder to find them.</summary>
    private static readonly ConfigurationReaderOptions LogSinks =
        new(typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly);

    /// <exception cref="SettingsException">The directory or the rules cannot be used.</exception>
    /// <exception cref="TemplateErrorsException">A letter's template is wrong.</exception>
    public static HostApplicationBuilder CreateBuilder(DeskSettings settings, IConfigurationRoot configuration, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddSerilog(new LoggerConfiguration().Enrich.With<EventNumber>().ReadFrom.Configuration(configuration, LogSinks).CreateLogger(), dispose: true);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        AddDesk(builder.Services, settings, time);
        return builder;
    }

    /// <summary>The daemon that runs by itself: what <see cref="CreateBuilder"/> has, and all that acts.</summary>
    /// <param name="guide">Whether to print how to write to the sandbox.</param>
    public static HostApplicationBuilder CreateDaemonBuilder(DeskSettings settings, IConfigurationRoot configuration, TimeProvider time, bool guide = true)
    {
        var builder = CreateBuilder(settings, configuration, time);
        builder.Services.AddHostedService<DatabaseStart>();
        builder.Services.AddHostedService<DirectoryWatch>();
        if (settings.Sandbox.Enabled) builder.Services.AddSingleton<SandboxHost>().AddHostedService(services => services.GetRequiredService<SandboxHost>());
        builder.Services.AddQuartz(quartz => quartz
            .UseTimeProvider(time)
            .AddJob<DeadlineJob>(job => job.WithIdentity(DeadlineJob.Key).StoreDurably()));
        builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        builder.Services.AddHostedService(services => services.GetRequiredService<DeadlineSchedule>());
        builder.Services.AddHostedService<OutboxService>();
        builder.Services.AddHostedService<IntakeService>();
        builder.Services.AddHostedService<LifetimeReport>();
        builder.Services.AddHostedService<MemoryRelease>();
        if (guide && settings.Sandbox.Enabled) builder.Services.AddHostedService<SandboxGuide>();
        return builder;
    }

    private static void AddDesk(IServiceCollection services, DeskSettings settings, TimeProvider time)
    {
        services.AddSingleton(settings);
        services.AddSingleton(time);
        services.AddSingleton(RandomNumberGenerator.Create());
        services.AddSingleton(PolicyFactory.Create(settings));
        var directory = LoadDirectory(settings);
        services.AddSingleton(directory);
        services.AddSingleton(new PlannedWork(settings, directory));
        services.AddSingleton(new ComplaintManager(settings, directory));
        services.AddSingleton<PersonRegister>().AddSingleton<DirectoryReload>();
        services.AddSingleton(TemplateSet.Load(settings.Desk.TemplatesFolder));
        services.AddSingleton(provider => new LetterTokens(TokenKey.Load(settings)));
        services.AddSingleton(provider => new LetterComposer(provider.GetRequiredService<TemplateSet>(), settings.Desk.Operator.Length > 0 ? settings.Desk.Operator : null));
        services.AddPooledDbContextFactory<DeskContext>(options => options.UseSqlite(ConnectionString(settings)));
        services.AddSingleton<DeskStore>().AddSingleton<TicketLedger>().AddSingleton<FailureLog>();
        services.AddSingleton<LetterDesk>().AddSingleton<LetterBox>().AddSingleton<LetterPacer>().AddSingleton<OutboxSignal>();
        services.AddSingleton<ThreadMatcher>().AddSingleton<SenderPolicy>().AddSingleton<CommandParser>();
        services.AddSingleton<ReportMail>().AddSingleton<OverLimitMail>().AddSingleton<MailReplay>();
        services.AddSingleton<TicketHistory>().AddSingleton<ClassificationRules>().AddSingleton<RequestReader>().AddSingleton<ClientQuestions>();
        services.AddSingleton<Participants>().AddSingleton<RequestRegistrar>().AddSingleton<BroughtWords>().AddSingleton<BroughtRequests>();
        services.AddSingleton<RelatedRequests>().AddSingleton<RequestSplitter>().AddSingleton<RequesterCorrection>().AddSingleton<Meanwhile>();
        services.AddSingleton<TeamRouter>().AddSingleton<Outsiders>().AddSingleton<PersonChanges>().AddSingleton<RecordedMail>().AddSingleton<HeldMail>();
        services.AddSingleton<LateAdmission>().AddSingleton<FirstWords>();
        services.AddSingleton<ClientMail>().AddSingleton<EngineerMail>().AddSingleton<IntakePipeline>().AddSingleton<WatcherHealth>();
        services.AddSingleton<SeriesMove>().AddSingleton<NamedRequest>();
        services.AddSingleton<DeadlineRunner>().AddSingleton<DeadlineSchedule>();
        services.AddSingleton<ReportSource>().AddSingleton<TicketLists>().AddSingleton<TicketSearch>().AddSingleton<DeskQuestions>().AddSingleton<RoundRunner>();
        services.AddSingleton<OpenMailbox>(async (mailbox, cancellationToken) =>
            await ImapClient.ConnectAsync(mailbox.Imap.Endpoint, mailbox.Imap.Credentials!, time, cancellationToken));
        services.AddSingleton<Func<IMailTransport>>(() => new SmtpClient(SmtpOptionsOf(settings), time));
        services.AddSingleton<Func<MailboxOptions, MailboxWatcher>>(provider => mailbox => ActivatorUtilities.CreateInstance<MailboxWatcher>(provider, mailbox));
    }

    internal static SmtpOptions SmtpOptionsOf(DeskSettings settings) => new()
    {
        Endpoint = settings.Smtp.Endpoint,
        Credentials = settings.Smtp.Credentials,
        HeloName = settings.Smtp.HeloName.Length > 0 ? settings.Smtp.HeloName : settings.Desk.Domain,
    };

    public static DeskDirectory LoadDirectory(DeskSettings settings)
    {
        List<string> problems = [];
        return DirectoryFile.Load(settings.Desk.DirectoryFile, settings.Desk.Language, TimeZoneInfo.FindSystemTimeZoneById(settings.Desk.TimeZone), problems)
            ?? throw new SettingsException(problems);
    }

    private static string ConnectionString(DeskSettings settings) =>
        new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(settings.Storage.Path), Pooling = true }.ConnectionString;
}
