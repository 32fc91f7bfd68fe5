using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MailDesk.Worker.Storage;

/// <summary>The maps of all kinds of rows.</summary>
internal sealed class RowMaps
{
    private readonly FrozenDictionary<Type, RowMap> _maps;

    public RowMaps(IModel model)
    {
        List<IEntityType> ordered = [], left = [.. model.GetEntityTypes()];
        while (left.Count > 0)
        {
            var next = left.Find(type => type.GetForeignKeys().All(foreign => foreign.PrincipalEntityType == type || ordered.Contains(foreign.PrincipalEntityType)))
                ?? throw new InvalidOperationException("tables refer to each other in a circle");
            left.Remove(next);
            ordered.Add(next);
        }

        _maps = ordered.Index().ToFrozenDictionary(type => type.Item.ClrType, type => new RowMap(type.Item, type.Index));
    }

    public RowMap this[Type row] => _maps[row];
}
