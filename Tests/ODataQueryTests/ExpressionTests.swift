import ODataQuery
import Testing

@Suite("Expressions")
struct ExpressionTests {
    private func parse(_ text: String) throws -> Expression { try Expression(parsing: text) }

    private func name(_ name: String) -> Expression { .path(PathExpression(steps: [.name(name)])) }

    private func integer(_ value: Int64) -> Expression { .literal(.integer(value)) }

    @Test("Operators bind as the precedence table says")
    func precedence() throws {
        #expect(
            try parse("a add 2 mul 3 eq 7 and b or not c")
                == .or([
                    .and([
                        .comparison(
                            .eq,
                            .arithmetic(.add, name("a"), .arithmetic(.mul, integer(2), integer(3))),
                            integer(7)
                        ),
                        name("b"),
                    ]),
                    .not(name("c")),
                ])
        )
        #expect(try parse("1 sub 2 sub 3") == .arithmetic(.sub, .arithmetic(.sub, integer(1), integer(2)), integer(3)))
        #expect(try parse("-a gt -5") == .comparison(.gt, .negate(name("a")), integer(-5)))
        #expect(try parse("a and (b or c)") == .and([name("a"), .or([name("b"), name("c")])]))
    }

    @Test(
        "Literals",
        arguments: [
            ("null", Literal.null), ("true", .boolean(true)), ("False", .boolean(false)), ("42", .integer(42)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .decimal("9223372036854775808")),
            ("3.140", .decimal("3.140")), ("1e-3", .decimal("1e-3")), ("INF", .double(.infinity)),
            ("-INF", .double(-.infinity)), ("'O''Neil'", .string("O'Neil")), ("''", .string("")),
            ("ABCDEF01-0000-4000-8000-00000000000a", .guid("abcdef01-0000-4000-8000-00000000000a")),
            ("2024-02-29", .date("2024-02-29")), ("13:00", .timeOfDay("13:00")),
            ("2024-02-29T13:00:00.5+02:00", .dateTimeOffset("2024-02-29T13:00:00.5+02:00")),
            ("duration'P1DT2H'", .duration("P1DT2H")), ("binary'T0RhdGE'", .binary("T0RhdGE")),
            ("Sales.Pattern'Solid,32'", .enumeration(type: "Sales.Pattern", members: ["Solid", "32"])),
            ("geography'SRID=0;Point(1 2)'", .geography("SRID=0;Point(1 2)")), ("'😀'", .string("😀")),
        ]
    )
    func literals(text: String, literal: Literal) throws {
        #expect(try parse(text) == .literal(literal))
    }

    @Test("Paths, keys, functions and lambdas")
    func paths() throws {
        #expect(
            try parse("primarycontactid/fullname")
                == .path(PathExpression(steps: [.name("primarycontactid"), .name("fullname")]))
        )
        #expect(
            try parse("orders/any(o:o/total gt 5 and o/open)")
                == .path(
                    PathExpression(steps: [
                        .name("orders"),
                        .any(
                            Lambda(
                                variable: "o",
                                predicate: .and([
                                    .comparison(
                                        .gt,
                                        .path(PathExpression(steps: [.name("o"), .name("total")])),
                                        integer(5)
                                    ),
                                    .path(PathExpression(steps: [.name("o"), .name("open")])),
                                ])
                            )
                        ),
                    ])
                )
        )
        #expect(
            try parse("Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=[\"1\",'2'])")
                == .path(
                    PathExpression(steps: [
                        .invocation(
                            "Microsoft.Dynamics.CRM.In",
                            [
                                Argument(name: "PropertyName", value: .literal(.string("a"))),
                                Argument(
                                    name: "PropertyValues",
                                    value: .array([.literal(.string("1")), .literal(.string("2"))])
                                ),
                            ]
                        )
                    ])
                )
        )
        #expect(
            try parse("date/year eq 1")
                == .comparison(.eq, .path(PathExpression(steps: [.name("date"), .name("year")])), integer(1))
        )
        #expect(
            try parse("contains(name, @p)")
                == .call(.contains, [name("name"), .path(PathExpression(root: .alias("p"), steps: []))])
        )
    }

    @Test(
        "Errors say where they are and what was expected",
        arguments: [
            ("name eq ", 8, "an operand"),
            ("name eq 'x", 10, "the quote that ends the string begun at position 8"),
            ("(name eq 1", 10, "an operator or ')'"), ("name eqq 1", 4, "an operator or the end"),
            ("length(a,b) eq 1", 7, "1 argument(s) of length, not 2"), ("2024-13-01 lt a", 5, "a month from 01 to 12"),
            ("a eq 2024-02-30", 13, "a day from 01 to 29"), ("a in (1,b)", 8, "a literal"),
            ("any(x:x)", 3, "a collection and '/' before any"),
            ("a eq 1.", 7, "a digit after the decimal point"), ("a eq 12abc", 7, "the end of the number"),
            ("", 0, "an operand"), ("a has 5", 6, "an enumeration literal such as Sales.Pattern'Yellow'"),
        ]
    )
    func errors(text: String, offset: Int, expected: String) {
        let error = #expect(throws: ODataSyntaxError.self) { try parse(text) }
        #expect(error?.offset == offset)
        #expect(error?.expected == expected)
    }

    @Test("Nesting is bounded, length is not")
    func bounds() throws {
        for (open, close) in [("(", ")"), ("not ", ""), ("-", ""), ("[", "]"), ("concat(", ",a)"), ("x/any(x:", ")")] {
            let deep = String(repeating: open, count: 100_000) + "a" + String(repeating: close, count: 100_000)
            #expect(throws: ODataSyntaxError.self) { try parse(deep) }
        }
        #expect(throws: ODataSyntaxError.self) { try parse("a" + String(repeating: " add a", count: 100_000)) }
        #expect(throws: ODataSyntaxError.self) { try parse("a" + String(repeating: "/a", count: 100_000)) }
        let long = try parse("a eq 0" + (1...50_000).map { " or a eq \($0)" }.joined())
        guard case .or(let operands) = long else {
            Issue.record("not a disjunction")
            return
        }
        #expect(operands.count == 50_001)
        let nested = String(repeating: "(", count: 90) + "a" + String(repeating: ")", count: 90)
        #expect(try parse(nested) == name("a"))
    }

    @Test("Time grows with the length, not with its square")
    func linearTime() throws {
        func seconds(_ text: String) throws -> Double {
            let clock = ContinuousClock()
            let best = (0..<3).map { _ in clock.measure { _ = try? parse(text) } }.min()
            return Double(try #require(best).components.attoseconds) / 1e18
                + Double(try #require(best).components.seconds)
        }
        for pattern in ["a eq 1 or ", "a eq '''''' and ", "x/y/z eq 1 or ", "                "] {
            let short = try seconds(String(repeating: pattern, count: 2_000) + "b")
            let long = try seconds(String(repeating: pattern, count: 20_000) + "b")
            #expect(long < max(short, 0.0005) * 40, "\(pattern): \(short) s, ten times as long \(long) s")
        }
    }
}
