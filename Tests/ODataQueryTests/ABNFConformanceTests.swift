import Foundation
import ODataQuery
import TestSupport
import Testing

@Suite("OASIS ABNF test cases")
struct ABNFConformanceTests {
    /// What each rule is tested through. Expressions and literals go through `$filter`, so that they are decoded.
    private static func parse(_ test: ABNFTestCase) throws -> Bool {
        switch test.rule {
        case "odataRelativeUri": _ = try ODataURL(parsing: test.input)
        case "resourcePath": _ = try ResourcePath(parsing: test.input)
        case "queryOptions", "systemQueryOption", "customQueryOption", "filter", "orderby", "orderBy", "select",
            "expand",
            "search", "compute", "skiptoken", "deltatoken":
            _ = try QueryOptions(parsing: test.input)
        case "searchExpr": _ = try QueryOptions(parsing: "$search=" + test.input)
        case "commonExpr", "boolCommonExpr", "boolcommonExpr", "firstMemberExpr", "propertyPathExpr", "isofExpr",
            "notExpr":
            _ = try QueryOptions(parsing: "$filter=" + test.input)
        case "date": try expectLiteral(test) { if case .date = $0 { true } else { false } }
        case "boolean": try expectLiteral(test) { if case .boolean = $0 { true } else { false } }
        case "primitiveLiteral", "guid", "stringLiteral", "enumLiteral", "binaryLiteral", "null", "decimalLiteral",
            "doubleLiteral", "singleLiteral", "sbyteLiteral", "int16Literal", "int32Literal", "int64Literal",
            "durationLiteral", "timeOfDayLiteral", "dateTimeOffsetLiteral", "dateTimeOffsetValueInUrl",
            "geographyPoint",
            "geographyMultiPoint", "geographyPolygon", "geographyMultiPolygon", "geographyLineString",
            "geographyMultiLineString", "geographyCollection", "geometryPoint", "geometryMultiPoint", "geometryPolygon",
            "geometryMultiPolygon", "geometryLineString", "geometryMultiLineString", "geometryCollection":
            try expectLiteral(test) { _ in true }
        case "anyExpr": _ = try QueryOptions(parsing: "$filter=Products/" + test.input)
        case "functionParameter": _ = try ResourcePath(parsing: "Products(\(test.input))")
        default: return false
        }
        return true
    }

    private static func expectLiteral(_ test: ABNFTestCase, where isWanted: (Literal) -> Bool) throws {
        let decoded = try #require(test.input.removingPercentEncoding)
        guard case .literal(let literal) = try ODataQuery.Expression(parsing: decoded, part: test.rule),
            isWanted(literal)
        else {
            throw ODataSyntaxError(part: test.rule, offset: 0, expected: test.rule, found: test.input)
        }
    }

    /// Rules that are not about the part of a URL after the service root, and who is responsible for them.
    private static let unsupportedRules: [String: String] = [
        "odataUri": "absolute URLs; the server removes its own root",
        "context": "context URLs in responses",
        "preference": "headers", "prefer": "headers", "header": "headers", "request-id": "headers",
        "maxpagesizePreference": "headers", "includeAnnotationsPreference": "headers",
        "primitiveValue": "values in CSDL and JSON", "dateTimeOffsetValue": "values in CSDL and JSON",
        "decimalValue": "values in CSDL and JSON", "doubleValue": "values in CSDL and JSON",
        "timeOfDayValue": "values in CSDL and JSON", "durationValue": "values in CSDL and JSON",
        "enumValue": "values in CSDL and JSON", "booleanValue": "values in CSDL and JSON",
        "singleValue": "values in CSDL and JSON", "sbyteValue": "values in CSDL and JSON",
        "byteValue": "values in CSDL and JSON", "int16Value": "values in CSDL and JSON",
        "int32Value": "values in CSDL and JSON", "int64Value": "values in CSDL and JSON",
        "dateValue": "values in CSDL and JSON",
        "stringInUrl": "only inside arrays and objects, where the cases of commonExpr cover it",
        "odataIdentifier": "a name alone", "entitySetName": "a name alone",
    ]

    /// Negative cases that only metadata can refuse: the grammar's test lists which names are what.
    private static let refusedByMetadataOnly: Set<String> = [
        "Categories/TheBestProduct()",
        "Categories(1)/Address/$value",
        "Categories(1)/Thumbnail/$value",
        "Products(1)/Model.BestSellingProduct/Model.BestSellingProduct",
        "$search=more&more",
        "$skiptoken=Not&this",
    ]

    /// Positive cases outside the supported rules: a context URL's fragment is no part of a request.
    private static let unsupportedInputs: Set<String> = ["$metadata#Customers(Address,Orders)"]

    @Test(
        "Positive cases parse and negative ones are refused",
        .enabled(if: ABNFTestCase.file != nil, "needs DATAVERSE_SHARED")
    )
    func conformance() throws {
        let cases = try ABNFTestCase.load()
        #expect(cases.count == 840)
        var positive = 0
        var negative = 0
        for test in cases where !Self.unsupportedInputs.contains(test.input) {
            do {
                guard try Self.parse(test) else {
                    #expect(
                        Self.unsupportedRules[test.rule] != nil,
                        "rule \(test.rule) is neither supported nor listed"
                    )
                    continue
                }
                if test.isNegative, !Self.refusedByMetadataOnly.contains(test.input) {
                    Issue.record("\(test.rule): accepted \(test.input) (\(test.name))")
                }
                if !test.isNegative { positive += 1 }
            } catch let error as ODataSyntaxError {
                if test.isNegative {
                    negative += 1
                    #expect(!Self.refusedByMetadataOnly.contains(test.input), "listed, but refused: \(test.input)")
                } else {
                    Issue.record("\(test.rule): refused \(test.input): \(error)")
                }
            }
        }
        #expect(positive == 600)
        #expect(negative == 45)
    }
}
