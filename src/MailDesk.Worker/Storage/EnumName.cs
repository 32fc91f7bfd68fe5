using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MailDesk.Worker.Storage;

/// <summary>
/// Keeps a member of an enumeration as its name. One class for all enumerations: of Entity Framework's generic converter the runtime compiles 40 methods
/// for each of them, at each start of the desk.
/// </summary>
internal sealed class EnumName(Type type) : ValueConverter(Name(type), Member(type))
{
    public override Func<object?, object?> ConvertToProvider { get; } = member => member?.ToString();

    /// <exception cref="ArgumentException">No name of a member.</exception>
    public override Func<object?, object?> ConvertFromProvider { get; } = name => name is null ? null : Enum.Parse(type, (string)name);

    public override Type ModelClrType => type;

    public override Type ProviderClrType => typeof(string);

    public override Expression ConstructorExpression => Expression.New(GetType().GetConstructors()[0], Expression.Constant(type));

    private static LambdaExpression Name(Type type)
    {
        var member = Expression.Parameter(type, "member");
        return Expression.Lambda(Expression.Call(Expression.Convert(member, typeof(object)), nameof(ToString), []), member);
    }

    private static LambdaExpression Member(Type type)
    {
        var name = Expression.Parameter(typeof(string), "name");
        var parse = Expression.Call(typeof(Enum), nameof(Enum.Parse), [], Expression.Constant(type), name);
        return Expression.Lambda(Expression.Convert(parse, type), name);
    }
}
