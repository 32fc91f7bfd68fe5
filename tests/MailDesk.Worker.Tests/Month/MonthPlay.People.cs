using MailDesk.Mail.Mime;

namespace MailDesk.Worker.Tests.Month;

/// <summary>What engineers and clients make of the letters that they get.</summary>
internal sealed partial class MonthPlay
{
    private void EngineerReads(MonthCase request, string engineer, string kind, MailMessage letter)
    {
        switch (kind)
        {
            case "NewRequest" or "HeldSender" when request.Engineer is null:
                if (!_offers.TryGetValue(request, out var letters)) _offers[request] = letters = [];
                letters.Add(letter);
                break;
            case "ClientWrote" when request.Engineer == engineer && request is { ReactedAt: not null, CompletedAt: null }:
                PlanSolution(request, letter);
                break;
            case "Objection" when request.Engineer == engineer:
                PlanSolution(request, letter);
                break;
        }
    }

    private void Take(MonthCase request, MailMessage letter)
    {
        request.Engineer = letter.To[0].Address;
        if (request.IsHeld) PlanHeld(request, letter);
        else if (request.IsComplaint) PlanWork(request, letter, After(TimeSpan.FromHours(2), TimeSpan.FromDays(4)));
        else PlanWork(request, letter, ReactionMoment(request));
    }

    /// <summary>Most begin in time.</summary>
    private DateTimeOffset ReactionMoment(MonthCase request)
    {
        var term = MonthCase.ReactionOf(request.Priority);
        return Chance(0.85) ? After(term * 0.1, term * 0.9) : After(term * 1.1, term * 2);
    }

    private void PlanHeld(MonthCase request, MailMessage letter)
    {
        if (Chance(0.3)) return; // nobody does anything about it
        var client = Chance(0.4) && request.Person.Client.Length == 0 ? "ООО «Клиент 1»" : null;
        Plan(After(TimeSpan.FromMinutes(5), TimeSpan.FromHours(20)), async () =>
        {
            if (client is null)
            {
                request.IsRejected = true;
                await EngineerWritesAsync(letter, "#reject Не наш клиент");
                return;
            }

            (request.IsHeld, request.RegisteredAt, request.Engineer, request.Client) = (false, Now, null, client);
            await EngineerWritesAsync(letter, $"#accept {client}");
        });
    }

    private void PlanWork(MonthCase request, MailMessage letter, DateTimeOffset at) => Plan(at, async () =>
    {
        if (Chance(0.15))
        {
            request.React(Now);
            request.Complete(Now, "Answered");
            await EngineerWritesAsync(letter, "#done\nСделано, проверьте, пожалуйста.");
            return;
        }

        if (Chance(0.35) && !request.IsComplaint)
        {
            request.Ask(Now);
            await EngineerWritesAsync(letter, "#вопрос\nЧто именно показывает программа?");
            return;
        }

        request.React(Now);
        var extra = "";
        if (Chance(0.06) && !request.IsComplaint)
        {
            request.Priority = request.Category == "Incident" ? 2 : 3;
            extra = $"\n#priority {request.Priority}";
        }
        else if (Chance(0.1))
        {
            extra = "\n#note\nСпросить у коллег.";
        }

        await EngineerWritesAsync(letter, $"#take{extra}");
        PlanSolution(request, letter);
    });

    private void PlanSolution(MonthCase request, MailMessage letter)
    {
        var term = MonthCase.ExecutionOf(request.Priority) ?? TimeSpan.FromDays(3);
        var left = term - request.Worked(Now);
        var at = Chance(0.85) && left > TimeSpan.FromMinutes(2) ? After(left * 0.1, left * 0.8) : After(TimeSpan.FromMinutes(5), TimeSpan.FromHours(8));
        Plan(at, async () =>
        {
            if (request.CompletedAt is not null || request.IsWaiting) return;
            request.Complete(Now, "Answered");
            await EngineerWritesAsync(letter, "#готово\nНашли и исправили, проверьте, пожалуйста.");
        });
    }

    private void ClientReads(MonthCase request, string kind, MailMessage letter)
    {
        switch (kind)
        {
            case "Registered" when Chance(0.08):
                PlanClient(request, letter, After(TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)), MonthWords.Addition(request.Person.Language), Adds);
                break;
            case "Question" when Chance(0.75):
                PlanClient(request, letter, After(TimeSpan.FromMinutes(5), TimeSpan.FromHours(7)), MonthWords.Answer(request.Person.Language), Answers);
                break;
            case "Completed" or "ComplaintAnswered":
                AfterCompletion(request, letter);
                break;
            case "CompletedWithoutAnswer":
                request.Complete(Now, "NoAnswerFromClient");
                break;
            case "Closed":
                request.ClosedAt = Now;
                break;
        }

        if (Chance(0.04)) PlanOutOfOffice(request, letter);
        if (Chance(0.03)) Plan(After(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)), () => desk.SendAsync("mailer-daemon@relay.example", [MonthPeople.Support], _mail.Report(letter, Chance(0.5) ? "5.1.1" : "4.4.1"), authenticated: false));
    }

    private void AfterCompletion(MonthCase request, MailMessage letter)
    {
        var language = request.Person.Language;
        switch (_random.NextDouble())
        {
            case < 0.45:
                PlanClient(request, letter, After(TimeSpan.FromMinutes(10), TimeSpan.FromHours(20)), MonthWords.Confirmation(language), static _ => { });
                break;
            case < 0.57:
                PlanClient(request, letter, After(TimeSpan.FromMinutes(10), TimeSpan.FromHours(8)), MonthWords.Objection(language), Objects);
                break;
            case < 0.7:
                PlanClient(request, letter, After(TimeSpan.FromMinutes(1), TimeSpan.FromHours(2)), MonthWords.Thanks(language), static _ => { });
                break;
        }
    }

    private void Answers(MonthCase request)
    {
        if (request.IsWaiting) request.Answer(Now);
        else Objects(request);
    }

    private void Adds(MonthCase request)
    {
        if (request.IsWaiting) request.Answer(Now);
        else Objects(request);
    }

    private void Objects(MonthCase request)
    {
        if (request.CompletedAt is not null && request.ClosedAt is null) request.Reopen(Now);
    }

    private void PlanClient(MonthCase request, MailMessage letter, DateTimeOffset at, string text, Action<MonthCase> enter) => Plan(at, async () =>
    {
        if (request.ClosedAt is not null) return;
        enter(request);
        var (to, raw) = _mail.Reply(request.Person.Address, letter, text);
        await desk.SendAsync(request.Person.Address, [to], raw, authenticated: request.Person.Client.Length > 0);
        if (Chance(0.05)) Plan(After(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)), () => desk.SendAsync(request.Person.Address, [to], raw, authenticated: request.Person.Client.Length > 0));
    });

    /// <summary>The client's program answers for one who is away: changes nothing (rule 7.1).</summary>
    private void PlanOutOfOffice(MonthCase request, MailMessage letter) => Plan(After(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(40)), () =>
    {
        var (to, raw) = _mail.Reply(request.Person.Address, letter, "Я в отпуске до понедельника.", ("Auto-Submitted", "auto-replied"));
        return desk.SendAsync(request.Person.Address, [to], raw, authenticated: false);
    });

    private async Task EngineerWritesAsync(MailMessage letter, string text)
    {
        var engineer = letter.To[0].Address;
        var (to, raw) = _mail.Reply(engineer, letter, text);
        await desk.SendAsync(engineer, [to], raw);
    }
}
