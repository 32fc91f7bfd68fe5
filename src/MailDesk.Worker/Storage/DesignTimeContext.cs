using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MailDesk.Worker.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> work without settings.</summary>
public sealed class DesignTimeContext : IDesignTimeDbContextFactory<DeskContext>
{
    public DeskContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<DeskContext>().UseSqlite("Data Source=design-time.db").Options);
}
