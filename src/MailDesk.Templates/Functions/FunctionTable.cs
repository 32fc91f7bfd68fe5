namespace MailDesk.Templates.Functions;

/// <summary>All built-in functions by their full names. Nothing here reads a clock, a file or the network, or takes a regular expression.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Function> Functions = new[]
        {
            StringFunctions.All, ArrayFunctions.All, MathFunctions.All, DateFunctions.All, TimeSpanFunctions.All, ObjectFunctions.All, HtmlFunctions.All,
        }
        .SelectMany(functions => functions)
        .ToDictionary(f => f.Name, StringComparer.Ordinal);

    private static readonly HashSet<string> Namespaces = [.. Functions.Keys.Where(n => n.Contains('.')).Select(n => n[..n.IndexOf('.')])];

    public static IEnumerable<string> Names => Functions.Keys.Append("include");

    public static Function? Find(string name) => Functions.GetValueOrDefault(name);

    public static bool IsNamespace(string name) => Namespaces.Contains(name);
}
