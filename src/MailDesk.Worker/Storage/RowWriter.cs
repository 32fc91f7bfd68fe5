using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MailDesk.Worker.Storage;

/// <summary>
/// Writes what a unit of work has added and changed, by compiled statements. Entity Framework's own way of saving puts together, compiles and
/// reads back every statement anew; the model, the tracking and the checks for lost races are the same.
/// </summary>
internal sealed class RowWriter(RowMaps maps)
{
    /// <returns>
    /// In the order in which they can be written; null when there is what this writer leaves to Entity Framework: rows that are removed, and
    /// new rows that refer to new rows of their own table.
    /// </returns>
    public IReadOnlyList<EntityEntry>? ChangesOf(DeskContext db)
    {
        db.ChangeTracker.DetectChanges();
        List<EntityEntry> changes = [];
        foreach (var entry in db.ChangeTracker.Entries())
        {
            switch (entry.State)
            {
                case EntityState.Deleted:
                case EntityState.Added when MapOf(entry).OwnKind.Any(property => entry.Property(property).IsTemporary):
                    return null;
                case EntityState.Added or EntityState.Modified:
                    changes.Add(entry);
                    break;
            }
        }

        return [.. changes.OrderBy(entry => entry.State == EntityState.Modified).ThenBy(entry => MapOf(entry).Rank)];
    }

    /// <returns>How many rows were written.</returns>
    /// <exception cref="DbUpdateConcurrencyException">A row is no longer as it was read.</exception>
    public int Write(IReadOnlyList<EntityEntry> changes, Statements statements)
    {
        foreach (var entry in changes)
        {
            var map = MapOf(entry);
            if (entry.State == EntityState.Added)
            {
                // With the number that it is given, those that refer to the row have it, too.
                if (map.Insert(statements, entry.Entity) is { } id) entry.Property(map.GeneratedKey!).CurrentValue = id;
            }
            else
            {
                IReadOnlyList<IProperty> changed = [.. entry.Properties.Where(property => property.IsModified).Select(property => property.Metadata)];
                if (!map.Update(statements, entry.Entity, changed, property => entry.OriginalValues[property]))
                {
                    throw new DbUpdateConcurrencyException($"{entry.Metadata.DisplayName()} has been changed by another writer");
                }
            }
        }

        return changes.Count;
    }

    private RowMap MapOf(EntityEntry entry) => maps[entry.Metadata.ClrType];
}
