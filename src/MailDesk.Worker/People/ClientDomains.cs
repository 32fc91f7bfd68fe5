using System.Collections.Frozen;

namespace MailDesk.Worker.People;

/// <summary>Guesses a stranger's client by the domain of the address. A guess only: an engineer who accepts the mail decides.</summary>
public static class ClientDomains
{
    /// <summary>Where everybody can have an address: the same domain says nothing there.</summary>
    private static readonly FrozenSet<string> Public = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "gmail.com", "googlemail.com", "yandex.ru", "yandex.by", "yandex.com", "ya.ru", "mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru", "rambler.ru",
        "tut.by", "open.by", "mail.by", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de",
        "wp.pl", "o2.pl", "onet.pl", "interia.pl", "ukr.net", "i.ua", "proton.me", "protonmail.com", "zoho.com", "fastmail.com");

    /// <summary>The only client that has a person with an address of that very domain; null where there is none, or more than one.</summary>
    public static Client? OwnerOf(DeskDirectory directory, string address)
    {
        var domain = DomainOf(address);
        if (domain.Length == 0 || Public.Contains(domain)) return null;
        var owners = directory.Clients.Where(client => client.Persons.Any(person => person.Addresses.Any(a => DomainOf(a).Equals(domain, StringComparison.OrdinalIgnoreCase)))).Take(2).ToList();
        return owners is [var only] ? only : null;
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
