using System.CommandLine;
using MailDesk.Bench;

var count = new Option<int>("--count") { Description = "How many messages wait in the mailbox", DefaultValueFactory = _ => 500 };
var pairs = new Option<int>("--pairs") { Description = "How often daemon and bare pipeline are measured, one after the other", DefaultValueFactory = _ => 3 };
var idle = new Option<int>("--idle") { Description = "Seconds over which the idle daemon is measured; 0 for not at all", DefaultValueFactory = _ => 30 };
var maildesk = new Option<string>("--maildesk")
{
    Description = "The daemon to measure: maildesk.dll, or a published executable",
    DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "maildesk.dll"),
};
var root = new RootCommand("Measures the whole daemon beside a bare pipeline, between a real Dovecot and a real Postfix of its own.") { count, pairs, idle, maildesk };
root.SetAction((result, cancellationToken) => new WholeDaemon(result.GetValue(maildesk)!, result.GetValue(count), cancellationToken)
    .RunAsync(result.GetValue(pairs), TimeSpan.FromSeconds(result.GetValue(idle))));

var bare = new Command("bare", "The bare pipeline alone, as the benchmark starts it") { Hidden = true };
var arguments = new Argument<string[]>("arguments");
bare.Arguments.Add(arguments);
bare.SetAction((result, cancellationToken) => BarePipeline.RunAsync(result.GetValue(arguments)!, cancellationToken));
root.Subcommands.Add(bare);

var mime = new Command("mime", "How fast messages are read: the corpus beside the repository, and everyday letters");
mime.SetAction(result => MimeTimes.Run(result.InvocationConfiguration.Output));
root.Subcommands.Add(mime);

var protocols = new Command("protocols", "How fast the IMAP and SMTP clients are, beside the barest clients");
protocols.SetAction((result, cancellationToken) => new ProtocolTimes(result.InvocationConfiguration.Output, cancellationToken).RunAsync());
root.Subcommands.Add(protocols);

var text = new Command("text", "How long hostile text takes: quotation stripper and HTML");
text.SetAction(result => TextTimes.Run(result.InvocationConfiguration.Output));
root.Subcommands.Add(text);

var patterns = new Command("patterns", "How long hostile text takes in each regular expression");
patterns.SetAction(result => TextTimes.RunPatterns(result.InvocationConfiguration.Output));
root.Subcommands.Add(patterns);
return await root.Parse(args).InvokeAsync();
