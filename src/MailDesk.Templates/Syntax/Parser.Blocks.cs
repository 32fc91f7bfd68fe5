namespace MailDesk.Templates.Syntax;

internal sealed partial class Parser
{
    private enum BlockKind { Page, If, Else, For, Case, When, Other }

    /// <summary>Reads statements up to the word that ends the block, which is taken when it is <c>end</c> and left when it is <c>else</c> or <c>when</c>.</summary>
    private Block ParseBlock(BlockKind kind, out TokenKind endedBy)
    {
        var depth = _depth;
        Deepen();
        var steps = new List<Step>();
        var (inherits, indent) = (true, (string?)null);
        Token? text = null;
        while (!AtBlockEnd(kind))
        {
            var token = Current;
            switch (token.Kind)
            {
                case TokenKind.Text:
                    Take();
                    if (kind != BlockKind.Case)
                    {
                        steps.Add(new Step(new Text(token.Start, token.End, TextOf(token).ToString()), Inherits: true, Indent: null));
                    }

                    text = kind == BlockKind.Case ? text : token;
                    continue;
                case TokenKind.EscapedText:
                    Take();
                    steps.Add(new Step(new Text(token.Start, token.End, TextOf(token).ToString()), Inherits: false, Indent: null));
                    break;
                case TokenKind.CodeEnter:
                    Take();
                    (inherits, indent) = (false, text is { } before ? IndentOf(before) : null);
                    break;
                case TokenKind.CodeExit:
                    Take();
                    inherits = true;
                    break;
                case TokenKind.NewLine or TokenKind.Semicolon:
                    Take();
                    break;
                default:
                    if (kind == BlockKind.Case)
                    {
                        throw Error(token, $"{Show(token)} cannot stand directly in a `case`; only `when`, `else` and `end` can");
                    }

                    steps.Add(new Step(ParseStatement(), inherits, indent));
                    break;
            }

            text = null;
        }

        endedBy = TakeBlockEnd(kind);
        _depth = depth;
        return new Block([.. steps]);
    }

    private bool AtBlockEnd(BlockKind kind) => Current.Kind switch
    {
        TokenKind.EndOfFile => true,
        TokenKind.Identifier => AtWord("end") || AtWord("else") || AtWord("when"),
        _ => false,
    };

    private TokenKind TakeBlockEnd(BlockKind kind)
    {
        if (At(TokenKind.EndOfFile))
        {
            return kind == BlockKind.Page ? TokenKind.EndOfFile : throw Error(_tokens[^2], "the `end` of this block is missing");
        }

        if (AtWord("else"))
        {
            return kind is BlockKind.If or BlockKind.For or BlockKind.Case or BlockKind.When
                ? TokenKind.Identifier
                : throw Error(Current, "this `else` has no `if`, `for` or `when` before it");
        }

        if (AtWord("when"))
        {
            return kind is BlockKind.Case or BlockKind.When ? TokenKind.Identifier : throw Error(Current, "this `when` is not in a `case`");
        }

        var end = Take();
        if (kind == BlockKind.Page)
        {
            // QUIRK: Scriban names the last letter of the word.
            throw Error(end.End - 1, "this `end` ends nothing: there is no `if`, `for`, `case`, `capture` or `with` open here");
        }

        ExpectEndOfStatement();
        return TokenKind.EndOfFile;
    }

    /// <summary>The whitespace between the last line's beginning and the code block; null when something else stands there.</summary>
    private string? IndentOf(Token text)
    {
        for (var i = text.End - 1; i >= 0; i--)
        {
            if (_source.Text[i] == '\n')
            {
                return _source.Text[(i + 1)..text.End];
            }

            if (!char.IsWhiteSpace(_source.Text[i]))
            {
                return null;
            }
        }

        return _source.Text[..text.End];
    }

    private void ExpectEndOfStatement()
    {
        if (Current.Kind is TokenKind.NewLine or TokenKind.Semicolon)
        {
            Take();
        }
        else if (Current.Kind is not (TokenKind.CodeExit or TokenKind.EndOfFile))
        {
            throw Error(Current, $"{Show(Current)} was not expected here; the statement should end" + Hint());
        }
    }

    private string Hint() => TextOf(Current) switch
    {
        "and" => " (the language writes `&&`)",
        "or" => " (the language writes `||`)",
        "=" => " (to compare, write `==`)",
        "++" or "--" => " (write `x = x + 1`)",
        _ => "",
    };
}
