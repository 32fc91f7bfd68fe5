using MailDesk.Templates.Functions;
using MailDesk.Templates.Runtime;

namespace MailDesk.Templates.Syntax;

internal sealed partial class Parser
{
    private Expression ParseOperand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.String:
                Take();
                return new Literal(token.Start, token.End, token.Value);
            case TokenKind.Identifier or TokenKind.Local:
                return ParseName();
            case TokenKind.OpenParen:
                Take();
                var inner = ExpectExpression();
                Expect(TokenKind.CloseParen, "the closing `)`");
                return new Nested(token.Start, Ended, inner);
            case TokenKind.OpenBracket:
                return ParseList();
            case TokenKind.OpenBrace:
                return ParseObject();
            default:
                Take();
                var operand = ExpectExpression(precedence: UnaryPrecedence);
                return new Unary(token.Start, operand.End, token.Kind, operand);
        }
    }

    private Expression ParseName()
    {
        var token = Take();
        var name = TextOf(token).ToString();
        switch (name)
        {
            case "null":
                return new Literal(token.Start, token.End, Value: null);
            case "true" or "false":
                return new Literal(token.Start, token.End, name is "true");
            case "this":
                return new This(token.Start, token.End);
            case "do":
                throw Error(token, "functions (`do`) are not part of the language here");
        }

        // `$1` is `$[1]`.
        return name.Length > 1 && name[0] == '$' && int.TryParse(name.AsSpan(1), out var index)
            ? new Index(token.Start, token.End, new Variable(token.Start, token.End, "$"), new Literal(token.Start, token.End, index))
            : new Variable(token.Start, token.End, name);
    }

    /// <summary><c>.name</c>, <c>?.name</c> or <c>[key]</c>; a bracket after a space begins a list.</summary>
    private bool TryParsePath(ref Expression left)
    {
        if (Current.Kind is TokenKind.Dot or TokenKind.QuestionDot)
        {
            var mayBeNull = Take().Kind == TokenKind.QuestionDot || left is Member { MayBeNull: true };
            if (!At(TokenKind.Identifier))
            {
                throw Error(Current, $"a name must follow the dot, not {Show(Current)}");
            }

            left = Complete(left);
            var name = Take();
            if (left is Variable { Name: "for" } && !LoopState.Members.Contains(TextOf(name).ToString()))
            {
                throw Error(left.Start, $"a loop has no `for.{TextOf(name)}`" + Suggestion.For(TextOf(name).ToString(), LoopState.Members));
            }

            left = new Member(left.Start, name.End, left, TextOf(name).ToString(), name.Start, mayBeNull);
            return true;
        }

        if (At(TokenKind.OpenBracket) && left is not (ListLiteral or ObjectLiteral or Unary or Binary) && !char.IsWhiteSpace(_source.Text[Current.Start - 1]))
        {
            Take();
            left = Complete(left);
            var key = ExpectExpression();
            Expect(TokenKind.CloseBracket, "the closing `]`");
            left = new Index(left.Start, Ended, left, key);
            return true;
        }

        return false;
    }

    private ListLiteral ParseList()
    {
        var start = Current.Start;
        var items = new List<Expression>();
        _newLinesAllowed++;
        Take();
        while (!At(TokenKind.CloseBracket))
        {
            items.Add(ExpectExpression());
            if (!At(TokenKind.Comma))
            {
                break;
            }

            Take();
        }

        _newLinesAllowed--;
        Expect(TokenKind.CloseBracket, "the closing `]`");
        return new ListLiteral(start, Ended, [.. items]);
    }

    private ObjectLiteral ParseObject()
    {
        var start = Current.Start;
        var members = new List<(string, Expression)>();
        _newLinesAllowed++;
        Take();
        while (!At(TokenKind.CloseBrace))
        {
            var name = Current.Kind is TokenKind.Identifier or TokenKind.String ? Take() : throw Error(Current, $"a member's name is missing before {Show(Current)}");
            Expect(TokenKind.Colon, "the `:` after the member's name");
            members.Add((name.Value as string ?? TextOf(name).ToString(), ExpectExpression()));
            if (!At(TokenKind.Comma))
            {
                break;
            }

            Take();
        }

        _newLinesAllowed--;
        Expect(TokenKind.CloseBrace, "the closing `}`");
        return new ObjectLiteral(start, Ended, [.. members]);
    }
}
