import ODataQuery
import Testing

@Suite("Transformations of $apply")
struct ApplyTests {
    private func parse(_ text: String) throws -> [Transformation]? { try QueryOptions(parsing: "$apply=" + text).apply }

    private func path(_ names: String...) -> Expression {
        .path(PathExpression(steps: names.map { PathStep.name($0) }))
    }

    @Test("Each transformation, and a row of them")
    func transformations() throws {
        let sum = AggregateItem(expression: path("revenue"), method: "sum", alias: "total")
        #expect(try parse("aggregate(revenue with sum as total)") == [.aggregate([sum])])
        #expect(
            try parse("aggregate($count as n, revenue with sum as total)")
                == [.aggregate([AggregateItem(expression: nil, method: nil, alias: "n"), sum])]
        )
        #expect(try parse("groupby((a,b/c))") == [.groupBy([["a"], ["b", "c"]], [])])
        #expect(
            try parse("filter(a eq 1)/groupby((a),aggregate(revenue with sum as total))")
                == [
                    .filter(.comparison(.eq, path("a"), .literal(.integer(1)))),
                    .groupBy([["a"]], [.aggregate([sum])]),
                ]
        )
        #expect(
            try parse("compute(a add 1 as b)")
                == [
                    .compute([
                        ComputeItem(expression: .arithmetic(.add, path("a"), .literal(.integer(1))), name: "b")
                    ])
                ]
        )
        #expect(
            try parse("orderby(a desc,b)/skip(2)/top(3)")
                == [
                    .orderBy([
                        OrderByItem(expression: path("a"), descending: true),
                        OrderByItem(expression: path("b"), descending: false),
                    ]), .skip(2), .top(3),
                ]
        )
        #expect(
            try parse("topcount(2,a)/bottomcount( 1 , b )/identity") == [
                .ranked(count: 2, by: path("a"), isBottom: false), .ranked(count: 1, by: path("b"), isBottom: true),
                .identity,
            ]
        )
        #expect(
            try parse("concat(identity,top(1))/filter(a eq ')')") == [
                .other("concat"), .filter(.comparison(.eq, path("a"), .literal(.string(")")))),
            ]
        )
        #expect(try parse("My.Own(a,'(')") == [.other("My.Own")])
    }

    @Test(
        "What is no transformation",
        arguments: [
            "", "aggregate", "aggregate()", "aggregate(a)", "aggregate(a with sum)",
            "groupby(a)", "groupby((a)", "groupby(())", "groupby((rollup(a,b)))", "filter()", "filter(a eq 1",
            "top(-1)", "top(x)", "nonsense(a)", "filter(a eq 1)/", "/top(1)", "concat(a", "compute(a)",
            "topcount(2)", "identity()", "top(1) top(2)", "orderby()", "aggregate(a with sum as 1)",
        ]
    )
    func malformed(text: String) {
        #expect(throws: ODataSyntaxError.self) { try parse(text) }
    }

    @Test("Nesting is bounded")
    func depth() {
        let text = String(repeating: "groupby((a),", count: 200) + "identity" + String(repeating: ")", count: 200)
        #expect(throws: ODataSyntaxError.self) { try parse(text) }
    }
}
