using MailDesk.Templates.Functions;
using MailDesk.Templates.Runtime;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates;

/// <summary>
/// All templates of a folder and the folders in it, compiled. A template's name is its path in the folder, with <c>/</c>: <c>ru/registered.html</c>.
/// - Immutable and safe to render from on any number of threads.
/// - A set that exists has no syntax error, no unknown function and no include of a literal name that is missing.
/// - An include is looked up beside the template that includes it, then from the root of the set.
/// </summary>
public sealed class TemplateSet
{
    private readonly SortedDictionary<string, Template> _templates = new(StringComparer.Ordinal);

    private TemplateSet(IEnumerable<KeyValuePair<string, string>> sources)
    {
        var errors = new List<TemplateException>();
        var broken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (Parser.Parse(new SourceText(name, text), errors) is { } template)
            {
                _templates[name] = template;
            }
            else
            {
                broken.Add(name);
            }
        }

        foreach (var template in _templates.Values)
        {
            Link(template, broken, errors);
        }

        if (errors.Count > 0)
        {
            throw new TemplateErrorsException([.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line).ThenBy(e => e.Column)]);
        }
    }

    /// <summary>In ordinal order.</summary>
    public IEnumerable<string> Names => _templates.Keys;

    /// <summary>Reads every file below <paramref name="directory"/> as UTF-8; files and folders whose names begin with a dot are left out.</summary>
    /// <exception cref="TemplateErrorsException">Any template is wrong. Holds all errors of all files.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static TemplateSet Load(string directory)
    {
        var root = Path.GetFullPath(directory);
        return new TemplateSet(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => KeyValuePair.Create(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), file))
            .Where(file => !file.Key.Split('/').Any(part => part.StartsWith('.')))
            .Select(file => KeyValuePair.Create(file.Key, File.ReadAllText(file.Value))));
    }

    /// <param name="sources">Template texts by name.</param>
    /// <exception cref="TemplateErrorsException">Any template is wrong. Holds all errors of all templates.</exception>
    public static TemplateSet FromSources(IReadOnlyDictionary<string, string> sources) => new(sources);

    public bool Contains(string name) => _templates.ContainsKey(name);

    /// <param name="model">
    /// The globals: null, strings, booleans, numbers, <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>,
    /// dictionaries by string of these, and lists of these. It is read while this runs and never written to.
    /// </param>
    /// <exception cref="TemplateException">What the template does goes wrong with this model, or is over a limit.</exception>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public RenderedTemplate Render(string name, IReadOnlyDictionary<string, object?> model, RenderOptions options) =>
        _templates.TryGetValue(name, out var template)
            ? new Evaluator(this, template, model, options).Run()
            : throw new KeyNotFoundException($"there is no template `{name}`" + Suggestion.For(name, Names));

    internal Template? Resolve(string from, string name) => Candidates(from, name).Select(c => _templates.GetValueOrDefault(c)).FirstOrDefault(t => t is not null);

    internal string DescribeMissing(string from, string name) =>
        $"there is no template `{name}` to include ({string.Join(" or ", Candidates(from, name).Distinct(StringComparer.Ordinal))})" + Suggestion.For(name, Names);

    private void Link(Template template, HashSet<string> broken, List<TemplateException> errors)
    {
        var source = template.Source;
        foreach (var include in template.Includes)
        {
            if (include.Arguments is not [{ Name: null } first, ..])
            {
                errors.Add(source.Error(include.End, "`include` misses the name of the template"));
            }
            else if (first.Value is Literal literal)
            {
                var name = literal.Value as string ?? "";
                include.Target = Resolve(source.Name, name);
                if (include.Target is null && !Candidates(source.Name, name).Any(broken.Contains))
                {
                    errors.Add(source.Error(include.Start, DescribeMissing(source.Name, name)));
                }
            }
        }
    }

    private static IEnumerable<string> Candidates(string from, string name)
    {
        var folder = from[..(from.LastIndexOf('/') + 1)];
        return new[] { folder + name, name }.Select(Normalize).OfType<string>();
    }

    /// <summary>Without <c>.</c> and <c>..</c>; null when that leaves the set.</summary>
    private static string? Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is ".." && parts.Count == 0)
            {
                return null;
            }

            if (part is "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
