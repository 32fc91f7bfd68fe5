using Serilog.Core;
using Serilog.Events;

namespace MailDesk.Worker.Hosting;

/// <summary>Gives log lines the bare number of their event as <c>Event</c>: the logging bridge writes number and name as one structure.</summary>
internal sealed class EventNumber : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Properties.TryGetValue("EventId", out var value) && value is StructureValue { Properties: [{ Name: "Id" } number, ..] })
        {
            logEvent.AddOrUpdateProperty(new LogEventProperty("Event", number.Value));
        }
    }
}
