namespace MailDesk.Templates.Syntax;

internal sealed partial class Parser
{
    private enum Mode
    {
        Default,

        /// <summary>No operators and no calls: the value of a named argument.</summary>
        Basic,

        /// <summary><c>||</c> separates values.</summary>
        When,

        /// <summary>The right side of a pipe: ends at the next pipe.</summary>
        PipeTarget,
    }

    /// <summary>What may follow the list of a <c>for</c>.</summary>
    private sealed class ForOptions
    {
        public Expression? Offset { get; set; }

        public Expression? Limit { get; set; }

        public bool Reversed { get; set; }
    }

    private static int Precedence(TokenKind kind) => kind switch
    {
        TokenKind.Coalesce => 20,
        TokenKind.Or => 30,
        TokenKind.And => 40,
        TokenKind.Equal or TokenKind.NotEqual => 70,
        TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => 80,
        TokenKind.Plus or TokenKind.Minus => 100,
        TokenKind.Star or TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent => 110,
        TokenKind.Range or TokenKind.RangeExclusive => 130,
        _ => 0,
    };

    private const int UnaryPrecedence = 200;

    private static TokenKind? AssignmentOperator(TokenKind kind) => kind switch
    {
        TokenKind.PlusAssign => TokenKind.Plus,
        TokenKind.MinusAssign => TokenKind.Minus,
        TokenKind.StarAssign => TokenKind.Star,
        TokenKind.SlashAssign => TokenKind.Slash,
        TokenKind.DoubleSlashAssign => TokenKind.DoubleSlash,
        TokenKind.PercentAssign => TokenKind.Percent,
        _ => null,
    };

    private bool AtExpression() => Current.Kind is TokenKind.Identifier or TokenKind.Local or TokenKind.Number or TokenKind.String
        or TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace or TokenKind.Not or TokenKind.Plus or TokenKind.Minus;

    private Expression ExpectExpression(
        bool insideCall = false, int precedence = 0, Mode mode = Mode.Default, bool allowAssignment = true, ForOptions? options = null) =>
        AtExpression()
            ? ParseExpression(insideCall, precedence, mode, allowAssignment, options)
            : throw Error(Current, $"an expression is missing before {Show(Current)}");

    /// <param name="insideCall">An operand of a call's argument: what follows it is the call's next argument.</param>
    private Expression ParseExpression(
        bool insideCall = false, int precedence = 0, Mode mode = Mode.Default, bool allowAssignment = true, ForOptions? options = null)
    {
        var depth = _depth;
        Deepen();
        _expressionLevel++;
        var expression = ParseOperators(insideCall, precedence, mode, allowAssignment && _expressionLevel == 1, options);
        _expressionLevel--;
        _depth = depth;
        return expression;
    }

    private Expression ParseOperators(bool insideCall, int precedence, Mode mode, bool allowAssignment, ForOptions? options)
    {
        PendingCall? call = null;
        var left = ParseOperand();
        while (true)
        {
            if (TryParsePath(ref left))
            {
                Deepen();
            }
            else if (mode == Mode.Basic)
            {
                break;
            }
            else if (At(TokenKind.Assign) || AssignmentOperator(Current.Kind) is not null)
            {
                return ParseAssignment(left, allowAssignment && call is null);
            }
            else if (Precedence(Current.Kind) is > 0 and var higher)
            {
                if (higher <= precedence || (mode == Mode.When && At(TokenKind.Or)))
                {
                    break;
                }

                Deepen();
                var sign = Take();
                left = Complete(left);
                var right = ExpectExpression(insideCall || call is not null, higher, mode == Mode.When ? Mode.Default : mode);
                left = new Binary(left.Start, right.End, sign.Kind, sign.Start, left, right);
            }
            else if (At(TokenKind.Question) && precedence == 0)
            {
                left = ParseConditional(Close(ref call, left));
                break;
            }
            else if (AtExpression() && !insideCall)
            {
                if (options is not null && At(TokenKind.Identifier))
                {
                    ParseForOptions(options);
                    break;
                }

                if (!ParseArgument(ref left, ref call))
                {
                    break;
                }
            }
            else if (At(TokenKind.Pipe) && precedence == 0 && mode != Mode.PipeTarget)
            {
                left = ParsePipes(Close(ref call, left));
                break;
            }
            else
            {
                break;
            }
        }

        return Close(ref call, left);
    }

    private Assignment ParseAssignment(Expression target, bool allowed)
    {
        if (!allowed || target is not (Variable or Member or Index))
        {
            throw Error(target.Start, "an assignment must be a statement of its own, with a variable on its left (to compare, write `==`)");
        }

        CheckAssignable(target);
        var sign = Take();
        var value = ExpectExpression();
        return new Assignment(target.Start, value.End, target, AssignmentOperator(sign.Kind), value);
    }

    private Conditional ParseConditional(Expression condition)
    {
        Take();
        var then = ExpectExpression();
        Expect(TokenKind.Colon, "the `:` of the condition");
        var otherwise = ExpectExpression();
        return new Conditional(condition.Start, otherwise.End, condition, then, otherwise);
    }

    private Expression ParsePipes(Expression value)
    {
        while (At(TokenKind.Pipe))
        {
            Deepen();
            _newLinesAllowed++;
            Take();
            _newLinesAllowed--;
            var target = ExpectExpression(mode: Mode.PipeTarget);
            if (!Inject(target, value))
            {
                throw Error(target.Start, "a value can only be piped into a function" + SuggestFunction(target));
            }

            value = target;
        }

        return value;
    }

    private void ParseForOptions(ForOptions options)
    {
        while (At(TokenKind.Identifier))
        {
            var name = Take();
            var value = At(TokenKind.Colon) ? ParseBasicValue() : null;
            switch (TextOf(name))
            {
                case "reversed":
                    options.Reversed = true;
                    break;
                case "limit" when value is not null:
                    options.Limit = value;
                    break;
                case "offset" when value is not null:
                    options.Offset = value;
                    break;
                default:
                    throw Error(name, $"`{TextOf(name)}` does not belong here; a `for` may have `limit:N`, `offset:N` and `reversed`");
            }
        }
    }

    private Expression ParseBasicValue()
    {
        Take();
        return ExpectExpression(mode: Mode.Basic);
    }
}
