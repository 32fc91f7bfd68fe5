using MailDesk.Templates.Functions;

namespace MailDesk.Templates.Syntax;

/// <summary>
/// Builds the tree of one template.
/// - Grammar and precedence are Scriban's; what is outside the part is refused with its place, never guessed at.
/// - A syntax error ends the file. Unknown functions and wrong arguments are collected, so that one look shows them all.
/// - Functions are not values here: each call is bound to its function and its arguments to parameters while parsing.
/// - The tree's depth is bounded (<see cref="DepthLimit"/>), and with it the stack that evaluation needs.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Nested brackets, blocks and chained operators. Letters need a dozen; ten times this would endanger the stack.</summary>
    private const int DepthLimit = 200;

    private readonly SourceText _source;
    private readonly List<Token> _tokens;
    private readonly List<TemplateException> _errors;
    private readonly List<Call> _calls = [];
    private readonly List<Include> _includes = [];
    private int _position;
    private int _newLinesAllowed;
    private int _depth;
    private int _expressionLevel;
    private int _loops;

    private Parser(SourceText source, List<TemplateException> errors)
    {
        _source = source;
        _errors = errors;
        _tokens = Lexer.Read(source);
    }

    /// <summary>Null, with the reasons added to <paramref name="errors"/>, when the template is wrong.</summary>
    public static Template? Parse(SourceText source, List<TemplateException> errors)
    {
        var before = errors.Count;
        try
        {
            var parser = new Parser(source, errors);
            var body = parser.ParseBlock(BlockKind.Page, out _);
            foreach (var call in parser._calls)
            {
                parser.Bind(call);
            }

            return errors.Count > before ? null : new Template(source, body, parser._includes);
        }
        catch (TemplateException error)
        {
            errors.Add(error);
            return null;
        }
    }

    private Token Current => _tokens[_position];

    private Token Next => _tokens[Math.Min(_position + 1, _tokens.Count - 1)];

    private bool At(TokenKind kind) => Current.Kind == kind;

    private bool AtWord(string word) => At(TokenKind.Identifier) && TextOf(Current).SequenceEqual(word);

    private ReadOnlySpan<char> TextOf(Token token) => _source.Text.AsSpan(token.Start, token.End - token.Start);

    private Token Take()
    {
        var taken = Current;
        do
        {
            _position = Math.Min(_position + 1, _tokens.Count - 1);
        }
        while (_newLinesAllowed > 0 && At(TokenKind.NewLine));

        return taken;
    }

    private Token Expect(TokenKind kind, string what) => At(kind) ? Take() : throw Error(Current, $"{what} is missing before {Show(Current)}");

    /// <summary>Where the last token taken ends.</summary>
    private int Ended => _position == 0 ? 0 : _tokens[_position - 1].End;

    private string Show(Token token) => token.Kind switch
    {
        TokenKind.EndOfFile => "the end of the file",
        TokenKind.NewLine => "the end of the line",
        TokenKind.Text or TokenKind.EscapedText => "the text",
        _ => $"`{TextOf(token)}`",
    };

    private TemplateException Error(Token token, string message) => Error(token.Start, message);

    private TemplateException Error(int offset, string message) => _source.Error(offset, message);

    private void Report(int offset, string message) => _errors.Add(Error(offset, message));

    /// <summary>One level deeper; the caller puts <see cref="_depth"/> back.</summary>
    private void Deepen()
    {
        if (++_depth > DepthLimit)
        {
            throw Error(Current, $"this is nested more than {DepthLimit} deep; take it apart with variables or includes");
        }
    }

    private void Bind(Call call)
    {
        var parameters = call.Function.Parameters;
        var slots = new Expression?[parameters.Length];
        var next = 0;
        foreach (var argument in call.Arguments)
        {
            var index = argument.Name is null ? next : Array.FindIndex(parameters, p => string.Equals(p.Name, argument.Name, StringComparison.Ordinal));
            if (index < 0)
            {
                Report(argument.Start, $"`{call.Function.Name}` has no parameter `{argument.Name}`"
                    + Suggestion.For(argument.Name!, parameters.Select(p => p.Name)) + $"; it is {call.Function.Signature}");
                return;
            }

            if (index >= parameters.Length)
            {
                Report(call.Arguments[^1].Start, $"`{call.Function.Name}` got {call.Arguments.Count} arguments; it is {call.Function.Signature}");
                return;
            }

            slots[index] = argument.Value;
            next = Math.Max(next, index + 1);
        }

        var missing = Array.FindIndex(parameters, p => !p.IsOptional && slots[Array.IndexOf(parameters, p)] is null);
        if (missing >= 0)
        {
            Report(call.End, $"`{call.Function.Name}` misses its argument `{parameters[missing].Name}`; it is {call.Function.Signature}");
        }

        call.Slots = slots;
    }
}
