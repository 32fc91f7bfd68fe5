namespace MailDesk.Templates.Syntax;

internal sealed partial class Parser
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["func"] = "use an include with arguments",
        ["ret"] = "use `if`",
        ["while"] = "use `for`",
        ["wrap"] = "use `capture` and an include",
        ["tablerow"] = "write the rows with `for`",
        ["import"] = "use `with`",
    };

    private Statement ParseStatement()
    {
        var word = At(TokenKind.Identifier) ? TextOf(Current).ToString() : "";
        if (Refused.TryGetValue(word, out var instead))
        {
            throw Error(Current, $"`{word}` is not part of the language here; {instead}");
        }

        return word switch
        {
            "if" => ParseIf(),
            "for" when Next.Kind != TokenKind.Dot => ParseFor(),
            "case" => ParseCase(),
            "capture" => ParseCapture(),
            "with" => ParseWith(),
            "readonly" => ParseReadOnly(),
            "break" => ParseJump((start, end) => new Break(start, end)),
            "continue" => ParseJump((start, end) => new Continue(start, end)),
            _ => ParseOutput(),
        };
    }

    private Output ParseOutput()
    {
        if (!AtExpression())
        {
            throw Error(Current, $"{Show(Current)} was not expected here");
        }

        var value = ParseExpression();
        ExpectEndOfStatement();
        return new Output(value.Start, value.End, value);
    }

    /// <summary>The branches of an <c>else if</c> chain are read in a loop: a long one is no deep one.</summary>
    private If ParseIf()
    {
        var start = Current.Start;
        var branches = new List<(Expression, Block)>();
        while (true)
        {
            Take();
            var condition = ExpectExpression(allowAssignment: false);
            ExpectEndOfStatement();
            var body = ParseBlock(BlockKind.If, out var endedBy);
            branches.Add((condition, body));
            if (endedBy == TokenKind.EndOfFile)
            {
                return new If(start, Ended, [.. branches], Else: null);
            }

            if (!Next.Kind.Equals(TokenKind.Identifier) || !TextOf(Next).SequenceEqual("if"))
            {
                return new If(start, Ended, [.. branches], ParseElse());
            }

            Take();
        }
    }

    private Block ParseElse()
    {
        Take();
        ExpectEndOfStatement();
        return ParseBlock(BlockKind.Else, out _);
    }

    private For ParseFor()
    {
        var start = Take().Start;
        var variable = ParseVariableName("`for`");
        if (!AtWord("in"))
        {
            throw Error(start, $"`for {variable}` must go on with `in`, not with {Show(Current)}");
        }

        Take();
        var options = new ForOptions();
        var list = ExpectExpression(options: options);
        ExpectEndOfStatement();
        _loops++;
        var body = ParseBlock(BlockKind.For, out var endedBy);
        _loops--;
        var otherwise = endedBy == TokenKind.EndOfFile ? null : ParseElse();
        return new For(start, Ended, variable, list, options.Offset, options.Limit, options.Reversed, body, otherwise);
    }

    private Case ParseCase()
    {
        var start = Take().Start;
        var value = ExpectExpression(allowAssignment: false);
        ExpectEndOfStatement();
        ParseBlock(BlockKind.Case, out var endedBy);
        var whens = new List<(int, Expression[], Block)>();
        while (endedBy != TokenKind.EndOfFile && AtWord("when"))
        {
            var whenStart = Take().Start;
            var values = ParseWhenValues();
            ExpectEndOfStatement();
            whens.Add((whenStart, values, ParseBlock(BlockKind.When, out endedBy)));
        }

        var otherwise = endedBy == TokenKind.EndOfFile ? null : ParseElse();
        return new Case(start, Ended, value, [.. whens], otherwise);
    }

    /// <summary>Separated by <c>,</c> or <c>||</c> or nothing.</summary>
    private Expression[] ParseWhenValues()
    {
        var values = new List<Expression>();
        while (AtExpression())
        {
            values.Add(ParseExpression(mode: Mode.When, allowAssignment: false));
            if (Current.Kind is TokenKind.Comma or TokenKind.Or)
            {
                Take();
            }
        }

        return values.Count > 0 ? [.. values] : throw Error(Current, "`when` needs a value");
    }

    private Capture ParseCapture()
    {
        var start = Take().Start;
        var target = ExpectExpression();
        if (target is not (Variable or Member or Index))
        {
            throw Error(target.Start, "`capture` needs a variable to put the text in");
        }

        CheckAssignable(target);
        ExpectEndOfStatement();
        return new Capture(start, Ended, target, ParseBlock(BlockKind.Other, out _));
    }

    private With ParseWith()
    {
        var start = Take().Start;
        var target = ExpectExpression();
        ExpectEndOfStatement();
        return new With(start, Ended, target, ParseBlock(BlockKind.Other, out _));
    }

    private ReadOnly ParseReadOnly()
    {
        var start = Take().Start;
        var name = ParseVariableName("`readonly`");
        var end = Ended;
        ExpectEndOfStatement();
        return new ReadOnly(start, end, name);
    }

    private Statement ParseJump(Func<int, int, Statement> create)
    {
        var word = Take();
        ExpectEndOfStatement();
        return _loops > 0 ? create(word.Start, word.End) : throw Error(word, $"`{TextOf(word)}` can only stand in a `for`");
    }

    private string ParseVariableName(string after)
    {
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.Local))
        {
            throw Error(Current, $"a variable's name must follow {after}, not {Show(Current)}");
        }

        var token = Take();
        var variable = new Variable(token.Start, token.End, TextOf(token).ToString());
        CheckAssignable(variable);
        return variable.Name;
    }
}
