"""Tokens to tree by precedence climbing: one short method for each line of the grammar.

    expression := '[' sum {',' sum} ']' | sum
    sum        := term { ('+'|'-') term }
    term       := factor { ['*'|'/'|'.*'|'./'] factor }        juxtaposition multiplies
    factor     := ('+'|'-') factor | power                     a leading sign takes the whole term
    power      := postfix { ('^'|'**'|'.^') ['+'|'-'] postfix }
    postfix    := atom { "'" | '.T' | '^T' }
    atom       := number | name | call | '(' sum ')' | '|' sum '|' | '‖' sum '‖' | \\frac … | √ …

Towers of powers associate to the right in scalar expressions, as in mathematics, and to the left
in matrix expressions, as in MATLAB; both readings leave a note.
"""

from __future__ import annotations

from typing import Final

from app.expressions import errors, limits
from app.expressions.cursor import BARS, STARTS_OPERAND, Cursor
from app.expressions.functions import arities
from app.expressions.lexer import Token
from app.expressions.rows import OPENING, is_list
from app.expressions.syntax import (
    Binary,
    BinaryOperator,
    Call,
    Entries,
    Name,
    Negate,
    Number,
    Syntax,
    Transpose,
)

_PRODUCTS: Final[dict[str, BinaryOperator]] = {"*": "*", "/": "/", ".*": ".*", "./": "./"}
_SUMS: Final[dict[str, BinaryOperator]] = {"+": "+", "-": "-"}
_POWERS: Final[dict[str, BinaryOperator]] = {"^": "^", "**": "^", ".^": ".^"}


class Parser(Cursor):
    """One reading of one list of tokens; ``expression`` reads it to its end."""

    def expression(self) -> Syntax:
        if self.token.kind == "end":
            raise errors.empty()
        node = self.entries() if is_list(self.tokens, self.mode) else self.sum()
        if self.token.kind != "end":
            raise self.after_end(node)
        return node

    def entries(self) -> Syntax:
        start, opening = self.index, self.advance()
        if self.mode == "matrix":
            raise errors.list_in_matrix_expression(opening.span)
        entries = [self.entry()]
        while self.accept(",", ";"):
            entries.append(self.entry())
        self.close(opening, OPENING[opening.kind])
        return Entries(tuple(entries), self.span_from(start))

    def entry(self) -> Syntax:
        if self.token.kind in {",", ";", "]", ")"}:
            raise self.unexpected("an entry")
        return self.sum()

    def sum(self) -> Syntax:
        start = self.index
        node = self.leading_term()
        while operator := self.accept(*_SUMS):
            right = self.term()
            node = Binary(_SUMS[operator.kind], node, right, self.span_from(start))
        return node

    def leading_term(self) -> Syntax:
        start, sign = self.index, self.accept("+", "-")
        node = self.term()
        return Negate(node, self.span_from(start)) if sign and sign.kind == "-" else node

    def term(self) -> Syntax:
        start = self.index
        node = self.factor()
        divided: Token | None = None
        while True:
            if operator := self.accept(*_PRODUCTS):
                divided = operator if operator.kind in {"/", "./"} else None
                node = Binary(_PRODUCTS[operator.kind], node, self.factor(), self.span_from(start))
            elif self.starts_operand():
                self.refuse_numbers_in_a_row()
                self.note_division(divided, start)
                node = Binary("*", node, self.power(), self.span_from(start))
            else:
                return node

    def factor(self) -> Syntax:
        start = self.index
        sign = self.accept("+", "-")
        if sign is None:
            return self.power()
        with self.nested():
            operand = self.factor()
        return Negate(operand, self.span_from(start)) if sign.kind == "-" else operand

    def power(self, above: int = 0) -> Syntax:
        """``above`` counts the powers of whose exponent this one is a bare part."""
        start = self.index
        node = self.postfix()
        count = above
        while operator := self.accept(*_POWERS):
            count += 1
            exponent, transposed = self.exponent()
            span = self.span_from(start)
            node = Binary(_POWERS[operator.kind], node, exponent, span)
            if operator.kind == "**":
                self.python_powers.add(span)
            if transposed:
                node = Transpose(node, span)
        if count > 1:
            self.note_tower(start)
        return node

    def exponent(self) -> tuple[Syntax, bool]:
        """The exponent, and whether it was the ``-T`` of an inverse transposed."""
        start, braced = self.index, self.accept("{")
        with self.nested():
            if braced:
                return self.braced_exponent(braced)
            sign = self.accept("+", "-")
            if sign and self.accept_transpose_letter():
                return Negate(Number(1.0, "1"), self.span_from(start)), True
            node = self.power(above=1) if self.mode == "scalar" else self.postfix()
            if self.tokens[self.index - 1].kind in {"'", "transpose"}:
                raise errors.ambiguous_prime(self.span_from(start))
        return (Negate(node, self.span_from(start)) if sign and sign.kind == "-" else node), False

    def braced_exponent(self, opening: Token) -> tuple[Syntax, bool]:
        start = self.index
        if self.accept("-") and self.accept_transpose_letter() and self.accept("}"):
            return Negate(Number(1.0, "1"), self.span_from(start)), True
        self.index = start
        node = self.sum()
        self.close(opening, "}")
        return node, False

    def postfix(self) -> Syntax:
        start = self.index
        node = self.atom()
        primes = 0
        while self.mode == "matrix" and self.accept_transpose():
            primes += 1
            node = Transpose(node, self.span_from(start))
            if primes > limits.NESTING:
                message = "There are too many transposes in a row"
                raise errors.too_large(message, limits.NESTING, node.span, "A'' is A.")
        return node

    def atom(self) -> Syntax:
        token = self.token
        match token.kind:
            case "number":
                self.advance()
                return Number(float(token.text), token.text, token.span)
            case "name":
                self.advance()
                return Name(token.text, token.span)
            case "function":
                return self.call()
            case "command":
                return self.command()
            case "(":
                return self.group("(")
            case "|" | "‖":
                return self.bars()
            case "[":
                raise self.list_inside()
        raise self.unexpected("a number, a name or a parenthesis")

    def group(self, kind: str) -> Syntax:
        opening = self.advance()
        with self.nested():
            # Within parentheses a bar opens again, whatever is open outside.
            outside, self.open_bars = self.open_bars, []
            node = self.sum()
            self.open_bars = outside
        self.close(opening, OPENING[kind])
        return node

    def bars(self) -> Syntax:
        start, opening = self.index, self.advance()
        function = BARS[opening.kind]
        if function == "norm2" and self.mode == "scalar":
            raise errors.unknown_function("norm2", [], opening.span)
        self.open_bars.append(opening.kind)
        with self.nested():
            node = self.sum()
        self.open_bars.pop()
        self.close(opening, opening.kind)
        return Call(function, (node,), self.span_from(start))

    def list_inside(self) -> errors.ExpressionError:
        span = self.token.span
        if self.mode == "matrix":
            return errors.list_in_matrix_expression(span)
        return errors.misplaced_list(span)

    def after_end(self, node: Syntax) -> errors.ExpressionError:
        token = self.token
        if isinstance(node, Entries):
            return errors.misplaced_list(node.span)
        if token.kind in {",", ";"}:
            hint = "Put brackets around a list of entries, as in [f, g]."
            return errors.expected("one expression", f"“{token.text}”", token.span, hint)
        if token.kind in {")", "]", "}"}:
            hint = "Remove it, or add the parenthesis that opens."
            return errors.expected("the end", f"“{token.text}”", token.span, hint)
        return self.unexpected("an operator or the end")

    # Functions

    def call(self) -> Syntax:
        start, function = self.index, self.advance()
        power = self.function_power(function)
        if self.token.kind == "(":
            arguments = self.arguments()
        elif self.token.kind == "{":
            arguments = (self.group("{"),)
        elif function.text == "eye":
            arguments = ()
        else:
            arguments = (self.bare_argument(function),)
        span = self.span_from(start)
        allowed = arities(function.text)
        if len(arguments) not in allowed:
            raise errors.wrong_arity(function.text, len(arguments), allowed, span)
        node: Syntax = Call(function.text, arguments, span)
        if function.text == "transpose":
            node = Transpose(arguments[0], span)
        return Binary("^", node, power, span) if power else node

    def function_power(self, function: Token) -> Number | None:
        """The exponent of ``sin^2 x``, where the power stands before the argument."""
        if self.mode == "matrix" or self.token.kind not in {"^", "**"}:
            return None
        self.advance()
        braced = self.accept("{")
        if self.token.kind == "-":
            raise errors.inverse_function_power(function.text, self.token.span)
        if self.token.kind != "number":
            raise self.unexpected(f"a number as the exponent of {function.text}")
        number = self.advance()
        if braced:
            self.close(braced, "}")
        return Number(float(number.text), number.text, number.span)

    def arguments(self) -> tuple[Syntax, ...]:
        opening = self.advance()
        if self.accept(")"):
            return ()
        with self.nested():
            outside, self.open_bars = self.open_bars, []
            arguments = [self.sum()]
            while self.accept(","):
                arguments.append(self.sum())
            self.open_bars = outside
        self.close(opening, ")")
        return tuple(arguments)

    def bare_argument(self, function: Token) -> Syntax:
        """The argument of ``sin 2x``: one power, and what is written against it without a blank."""
        if self.mode == "matrix" or self.token.kind not in STARTS_OPERAND | BARS.keys():
            raise errors.missing_argument(function.text, function.span)
        start = self.index
        with self.nested():
            node = self.power()
            while self.token.kind == "name" and self.token.glued:
                node = Binary("*", node, self.power(), self.span_from(start))
        return node

    # LaTeX

    def command(self) -> Syntax:
        start, command = self.index, self.advance()
        with self.nested():
            match command.text:
                case "frac":
                    over, under = self.braced("\\frac"), self.braced("\\frac")
                    return Binary("/", over, under, self.span_from(start))
                case "sqrt":
                    return Call("sqrt", (self.braced("\\sqrt"),), self.span_from(start))
            return Call("sqrt", (self.postfix(),), self.span_from(start))

    def braced(self, command: str) -> Syntax:
        if self.token.kind != "{":
            raise self.unexpected(f"“{{” after {command}")
        return self.group("{")
