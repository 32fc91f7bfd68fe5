using MailDesk.Templates.Functions;

namespace MailDesk.Templates.Syntax;

internal sealed partial class Parser
{
    /// <summary>A call written without parentheses, whose arguments are still being read.</summary>
    private sealed record PendingCall(Expression Target, List<Argument> Arguments);

    private Expression Close(ref PendingCall? call, Expression left)
    {
        if (call is null)
        {
            return Complete(left);
        }

        left = Complete(left);
        call.Arguments.Add(new Argument(Name: null, left.Start, left));
        var closed = CreateCall(call.Target, left.End, call.Arguments);
        call = null;
        return closed;
    }

    /// <summary>Takes what follows an operand as an argument. False when the call is complete.</summary>
    private bool ParseArgument(ref Expression left, ref PendingCall? call)
    {
        if (At(TokenKind.OpenParen) && !char.IsWhiteSpace(_source.Text[Current.Start - 1]))
        {
            left = ParseExplicitCall(left);
            return true;
        }

        if (call is null)
        {
            call = new PendingCall(left, []);
        }
        else
        {
            left = Complete(left);
            call.Arguments.Add(new Argument(Name: null, left.Start, left));
        }

        while (At(TokenKind.Identifier) && Next.Kind == TokenKind.Colon)
        {
            var name = Take();
            call.Arguments.Add(new Argument(TextOf(name).ToString(), name.Start, ParseBasicValue()));
        }

        if (AtExpression())
        {
            left = ParseOperand();
            return true;
        }

        left = CreateCall(call.Target, Ended, call.Arguments);
        call = null;
        return At(TokenKind.Pipe);
    }

    private Expression ParseExplicitCall(Expression target)
    {
        Take();
        var arguments = new List<Argument>();
        while (!At(TokenKind.CloseParen))
        {
            if (arguments.Count > 0)
            {
                Expect(TokenKind.Comma, "a `,` between the arguments");
            }

            var start = Current.Start;
            string? name = null;
            if (At(TokenKind.Identifier) && Next.Kind == TokenKind.Colon)
            {
                name = TextOf(Take()).ToString();
                Take();
            }

            arguments.Add(new Argument(name, start, ExpectExpression()));
        }

        Take();
        return CreateCall(target, Ended, arguments);
    }

    /// <summary>A path that names a function is a call of it, without arguments as yet.</summary>
    private Expression Complete(Expression expression) =>
        expression is Variable { Name: "include" or "raw" } || (expression is Member { Target: Variable { Name: var space } } && FunctionTable.IsNamespace(space))
            ? CreateCall(expression, expression.End, [])
            : expression;

    private Expression CreateCall(Expression target, int end, List<Argument> arguments)
    {
        if (target is Variable { Name: "include" })
        {
            var include = new Include(target.Start, end, arguments);
            _includes.Add(include);
            return include;
        }

        if (PathOf(target) is { } path && FunctionTable.Find(path) is { } function)
        {
            var call = new Call(target.Start, end, function, arguments);
            _calls.Add(call);
            return call;
        }

        // Scriban stumbles over the member when the object in front of it does not exist.
        var at = target is Member { Target: Variable { Name: var space }, NameStart: var name } && !FunctionTable.IsNamespace(space) ? name : target.Start;
        Report(at, $"`{_source.Text[target.Start..target.End]}` is not a function" + SuggestFunction(target));
        return new Literal(target.Start, end, Value: null);
    }

    private static string? PathOf(Expression target) => target switch
    {
        Variable variable => variable.Name,
        Member { Target: Variable { Name: var space }, Name: var name } => $"{space}.{name}",
        _ => null,
    };

    private static string SuggestFunction(Expression target) => PathOf(target) is { } path ? Suggestion.For(path, FunctionTable.Names) : "";

    /// <summary>Makes the piped value the first argument of the function that would be evaluated first.</summary>
    private static bool Inject(Expression target, Expression value)
    {
        switch (target)
        {
            case Call call:
                call.Arguments.Insert(0, new Argument(Name: null, value.Start, value));
                return true;
            case Include include:
                include.Arguments.Insert(0, new Argument(Name: null, value.Start, value));
                return true;
            case Literal { Value: null }:
                // An unknown function, which has been reported.
                return true;
            case Nested nested:
                return Inject(nested.Inner, value);
            case Unary unary:
                return Inject(unary.Operand, value);
            case Member member:
                return Inject(member.Target, value);
            case Index index:
                return Inject(index.Target, value);
            case Conditional conditional:
                return Inject(conditional.Condition, value);
            case Binary binary:
                return Inject(binary.Left, value) || Inject(binary.Right, value);
            default:
                return false;
        }
    }

    private void CheckAssignable(Expression target)
    {
        if (target is Variable { Name: var name } && (name is "include" or "raw" or "for" or "$" || FunctionTable.IsNamespace(name)))
        {
            throw Error(target.Start, $"`{name}` is built in; give the variable another name");
        }
    }
}
