using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MailDesk.Worker.Storage;

/// <summary>How the model lays one kind of row into its table: the columns, and the statements that follow from them.</summary>
internal sealed class RowMap
{
    private readonly FrozenDictionary<IProperty, Column> _columns;
    private readonly Column[] _inOrder;
    private readonly Column[] _given;
    private readonly string _insert;

    /// <param name="rank">Rows of a lower rank never refer to those of a higher one.</param>
    public RowMap(IEntityType type, int rank)
    {
        Rank = rank;
        _inOrder = [.. type.GetProperties().Select(property => new Column(property))];
        _columns = _inOrder.ToFrozenDictionary(column => column.Property);
        Table = $"\"{type.GetTableName()}\"";
        GeneratedKey = type.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } key] && !key.IsForeignKey() ? key : null;
        Identity = [.. type.FindPrimaryKey()!.Properties.Concat(type.GetProperties().Where(property => property.IsConcurrencyToken))];
        References = [.. type.GetForeignKeys().Where(foreign => foreign.DependentToPrincipal is not null).Select(foreign => new Reference(foreign))];
        Parts = [.. type.GetReferencingForeignKeys().Where(foreign => foreign.PrincipalToDependent is not null).Select(foreign => new Part(foreign))];
        _given = [.. _inOrder.Where(column => column.Property != GeneratedKey)];
        _insert = $"INSERT INTO {Table} ({string.Join(", ", _given.Select(column => column.Name))}) VALUES ({string.Join(", ", _given.Select((_, i) => Statements.Place(i)))})"
            + (GeneratedKey is { } generated ? $" RETURNING \"{generated.GetColumnName()}\"" : "");
        SelectList = string.Join(", ", _inOrder.Select(column => column.Name));
    }

    public int Rank { get; }

    public string Table { get; }

    /// <summary>All columns, in the order in which <see cref="Read"/> expects them.</summary>
    public string SelectList { get; }

    /// <summary>The number that the database gives; null where the program gives the key.</summary>
    private IProperty? GeneratedKey { get; }

    /// <summary>The key and the concurrency tokens: what a row that is to be changed must still have.</summary>
    private IReadOnlyList<IProperty> Identity { get; }

    /// <summary>The rows that such a row refers to.</summary>
    public IReadOnlyList<Reference> References { get; }

    /// <summary>The rows that belong to such a row.</summary>
    public IReadOnlyList<Part> Parts { get; }

    /// <summary>Gives the row the number of the database, where it has one.</summary>
    public void Insert(Statements statements, object row)
    {
        var values = new object?[_given.Length];
        for (var i = 0; i < values.Length; i++) values[i] = _given[i].Get(row);
        if (GeneratedKey is null) statements.Execute(_insert, values);
        else _columns[GeneratedKey].Keep(row, checked((int)statements.Number(_insert, values)!.Value));
    }

    /// <param name="changed">Not empty.</param>
    /// <param name="original">What a column of <see cref="Identity"/> had when the row was read.</param>
    /// <returns>False when the row is no longer as it was read.</returns>
    public bool Update(Statements statements, object row, IReadOnlyList<IProperty> changed, Func<IProperty, object?> original)
    {
        var values = new object?[changed.Count + Identity.Count];
        for (var i = 0; i < changed.Count; i++) values[i] = _columns[changed[i]].Get(row);
        for (var i = 0; i < Identity.Count; i++) values[changed.Count + i] = _columns[Identity[i]].ToStored(original(Identity[i]));
        var set = string.Join(", ", changed.Select((property, i) => $"{_columns[property].Name} = {Statements.Place(i)}"));
        var where = string.Join(" AND ", Identity.Select((property, i) => $"{_columns[property].Name} = {Statements.Place(changed.Count + i)}"));
        return statements.Execute($"UPDATE {Table} SET {set} WHERE {where}", values) == 1;
    }

    /// <param name="rows">Stands on a row of which the first columns are <see cref="SelectList"/>.</param>
    public T Read<T>(DbDataReader rows)
        where T : class
    {
        var row = Activator.CreateInstance<T>();
        for (var i = 0; i < _inOrder.Length; i++) _inOrder[i].Set(row, rows, i);
        return row;
    }

    /// <summary>From a row to another one, by the column that holds the other one's key.</summary>
    public sealed class Reference(IForeignKey foreign)
    {
        private readonly RowProperty _principal = RowProperty.Of(foreign.DependentToPrincipal!.PropertyInfo!);
        private readonly RowProperty _key = RowProperty.Of(foreign.PrincipalKey.Properties[0].PropertyInfo!);
        private readonly RowProperty _column = RowProperty.Of(foreign.Properties[0].PropertyInfo!);

        public bool IsToOwnKind { get; } = foreign.PrincipalEntityType == foreign.DeclaringEntityType;

        public object? Principal(object row) => _principal.Get(row);

        /// <summary>Writes the key of the other row, where there is one.</summary>
        public void Fill(object row)
        {
            if (Principal(row) is { } other) _column.Set(row, _key.Get(other));
        }
    }

    /// <summary>From a row to those that belong to it and hold its key.</summary>
    public sealed class Part(IForeignKey foreign)
    {
        private readonly RowProperty _parts = RowProperty.Of(foreign.PrincipalToDependent!.PropertyInfo!);
        private readonly RowProperty _key = RowProperty.Of(foreign.PrincipalKey.Properties[0].PropertyInfo!);
        private readonly RowProperty _column = RowProperty.Of(foreign.Properties[0].PropertyInfo!);

        public IEnumerable<object> Of(object row) => _parts.Get(row) switch
        {
            null => [],
            IEnumerable<object> several => several,
            var one => [one],
        };

        public void Fill(object row)
        {
            foreach (var part in Of(row)) _column.Set(part, _key.Get(row));
        }
    }

    private sealed class Column
    {
        private readonly RowProperty _property;
        private readonly Func<object?, object?>? _toStored, _fromStored;
        private readonly Type _stored;

        public Column(IProperty property)
        {
            Property = property;
            Name = $"\"{property.GetColumnName()}\"";
            _property = RowProperty.Of(property.PropertyInfo!);
            var converter = property.GetTypeMapping().Converter;
            (_toStored, _fromStored) = (converter?.ConvertToProvider, converter?.ConvertFromProvider);
            var stored = converter?.ProviderClrType ?? property.ClrType;
            _stored = Nullable.GetUnderlyingType(stored) ?? stored;
        }

        public IProperty Property { get; }

        public string Name { get; }

        public object? Get(object row) => ToStored(_property.Get(row));

        /// <summary>Gives a row the value, as the program has it.</summary>
        public void Keep(object row, object value) => _property.Set(row, value);

        public object? ToStored(object? value) => value is null || _toStored is null ? value : _toStored(value);

        public void Set(object row, DbDataReader rows, int at)
        {
            if (rows.IsDBNull(at)) return; // a new row has nothing there

            object stored = _stored switch
            {
                var type when type == typeof(string) => rows.GetString(at),
                var type when type == typeof(long) => rows.GetInt64(at),
                var type when type == typeof(int) => rows.GetInt32(at),
                var type when type == typeof(uint) => (uint)rows.GetInt64(at),
                var type when type == typeof(bool) => rows.GetBoolean(at),
                var type when type == typeof(byte[]) => rows.GetFieldValue<byte[]>(at),
                var type when type == typeof(DateOnly) => rows.GetFieldValue<DateOnly>(at),
                var type => throw new NotSupportedException($"{Property.DeclaringType.DisplayName()}.{Property.Name} is stored as {type}"),
            };
            _property.Set(row, _fromStored is null ? stored : _fromStored(stored));
        }
    }
}
