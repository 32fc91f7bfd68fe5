using System.Reflection;

namespace MailDesk.Worker.Storage;

/// <summary>
/// Reads and writes one property of a row, by its own accessors. Entity Framework's way compiles four expressions for every property: more than 500 at
/// each start of the desk.
/// </summary>
internal abstract class RowProperty
{
    public static RowProperty Of(PropertyInfo property) =>
        (RowProperty)Activator.CreateInstance(typeof(RowProperty<,>).MakeGenericType(property.DeclaringType!, property.PropertyType), property)!;

    public abstract object? Get(object row);

    /// <exception cref="InvalidCastException">A value of another type.</exception>
    public abstract void Set(object row, object? value);
}

/// <param name="property">Of <typeparamref name="TRow"/>, with a type of <typeparamref name="TValue"/>; without a setter it can only be read.</param>
internal sealed class RowProperty<TRow, TValue>(PropertyInfo property) : RowProperty
    where TRow : class
{
    private readonly Func<TRow, TValue> _get = property.GetMethod!.CreateDelegate<Func<TRow, TValue>>();
    private readonly Action<TRow, TValue>? _set = property.SetMethod?.CreateDelegate<Action<TRow, TValue>>();

    public override object? Get(object row) => _get((TRow)row);

    public override void Set(object row, object? value) => _set!((TRow)row, (TValue)value!);
}
