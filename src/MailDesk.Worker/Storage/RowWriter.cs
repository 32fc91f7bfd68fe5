using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MailDesk.Worker.Storage;

/// <summary>
/// Writes what a unit of work has added and changed, by compiled statements. Entity Framework's own way of saving puts together, compiles and
/// reads back every statement anew; the model, the tracking of what was read and the checks for lost races are the same.
/// </summary>
internal sealed class RowWriter(RowMaps maps)
{
    /// <summary>In the order in which they can be written.</summary>
    public sealed record Changes(IReadOnlyList<object> Added, IReadOnlyList<EntityEntry> Modified)
    {
        public bool IsEmpty => Added.Count == 0 && Modified.Count == 0;
    }

    /// <returns>
    /// Null when there is what this writer leaves to Entity Framework: rows that are removed, and new rows that refer to new rows of their own table.
    /// </returns>
    public Changes? ChangesOf(DeskContext db)
    {
        db.ChangeTracker.DetectChanges();
        HashSet<object> added = new(ReferenceEqualityComparer.Instance);
        List<EntityEntry> modified = [];
        foreach (var entry in db.ChangeTracker.Entries())
        {
            switch (entry.State)
            {
                case EntityState.Deleted: return null;
                case EntityState.Added: AddWithParts(entry.Entity, added); break;
                case EntityState.Modified: modified.Add(entry); break;
            }
        }

        foreach (var row in db.Inserted) AddWithParts(row, added);
        if (added.Any(row => MapOf(row).References.Any(reference => reference.IsToOwnKind && reference.Principal(row) is { } other && added.Contains(other)))) return null;
        return new Changes([.. added.OrderBy(row => MapOf(row).Rank)], [.. modified.OrderBy(entry => MapOf(entry.Entity).Rank)]);
    }

    /// <returns>How many rows were written.</returns>
    /// <exception cref="DbUpdateConcurrencyException">A row is no longer as it was read.</exception>
    public int Write(Changes changes, Statements statements)
    {
        foreach (var row in changes.Added)
        {
            var map = MapOf(row);
            foreach (var reference in map.References) reference.Fill(row);
            map.Insert(statements, row);
            foreach (var parts in map.Parts) parts.Fill(row);
        }

        foreach (var entry in changes.Modified)
        {
            foreach (var reference in MapOf(entry.Entity).References) reference.Fill(entry.Entity); // what was added has its number only now
            IReadOnlyList<IProperty> changed = [.. entry.Properties.Where(property => property.IsModified).Select(property => property.Metadata)];
            if (!MapOf(entry.Entity).Update(statements, entry.Entity, changed, property => entry.OriginalValues[property]))
            {
                throw new DbUpdateConcurrencyException($"{entry.Metadata.DisplayName()} has been changed by another writer");
            }
        }

        return changes.Added.Count + changes.Modified.Count;
    }

    private void AddWithParts(object row, HashSet<object> added)
    {
        if (!added.Add(row)) return;
        foreach (var part in MapOf(row).Parts.SelectMany(parts => parts.Of(row))) AddWithParts(part, added);
    }

    private RowMap MapOf(object row) => maps[row.GetType()];
}
