import CSDL
import Testing

@Suite("Documents that cannot be read")
struct ReaderErrorTests {
    @Test(arguments: ["", " \n\t", "\u{FEFF}"])
    func empty(_ text: String) {
        #expect(failure(text) == "test.xml:1:1: error: the file is empty; a CSDL XML document was expected")
    }

    @Test func json() {
        #expect(failure("{\"value\": []}").hasPrefix("test.xml:1:1: error: found JSON, not XML"))
    }

    @Test func otherText() {
        #expect(failure("hello").hasPrefix("test.xml:1:1: error: found text, not XML"))
    }

    @Test func truncated() {
        let whole = document("<EntityType Name=\"A\"/>")
        let message = failure(String(whole.prefix(240)))
        #expect(message.hasPrefix("test.xml:"))
        #expect(message.contains("error: malformed XML:"))
    }

    @Test func malformedXMLHasLineAndColumn() {
        let message = failure(document("<EntityType Name=\"A\"></ComplexType>"))
        #expect(message.hasPrefix("test.xml:4:"))
        #expect(message.contains("mismatch"))
    }

    @Test func documentTypeDeclarationIsRefused() {
        let bomb = """
            <?xml version="1.0"?>
            <!-- <a> -->
            <!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">&b;</edmx:Edmx>
            """
        #expect(
            failure(bomb)
                == "test.xml:3:1: error: a document type declaration (<!DOCTYPE) is refused; CSDL documents have none"
        )
    }

    @Test func undeclaredEntity() {
        #expect(failure(document("<EntityType Name=\"&secret;\"/>")).contains("secret"))
    }

    @Test(arguments: ["<!DOCTYPE html><html><body/></html>", "<html><body/></html>"])
    func html(_ text: String) {
        #expect(failure(text).contains("found an HTML page, probably a sign-in or error page"))
    }

    @Test func anotherRoot() {
        #expect(
            failure("<?xml version=\"1.0\"?>\n  <feed xmlns=\"http://www.w3.org/2005/Atom\"/>")
                == "test.xml:2:3: error: found the root element 'feed' of the namespace 'http://www.w3.org/2005/Atom'; "
                + "a CSDL XML document begins with edmx:Edmx"
        )
        #expect(
            failure("<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"/>").contains("without the edmx:Edmx")
        )
    }

    @Test func olderVersions() {
        let v3 = """
            <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">
            <edmx:DataServices/></edmx:Edmx>
            """
        let nextStep = "this reads OData 4.0 and 4.01: take the document of the service's V4 address, if it has one"
        #expect(failure(v3) == "test.xml:1:1: error: found an OData V1, V2 or V3 document; \(nextStep)")
        let mixed = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="A" xmlns="http://schemas.microsoft.com/ado/2009/11/edm"/></edmx:DataServices></edmx:Edmx>
            """
        #expect(failure(mixed) == "test.xml:2:1: error: found an OData V3 document; \(nextStep)")
        let version3 = "<edmx:Edmx Version=\"3.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"/>"
        #expect(failure(version3).contains("states version '3.0'"))
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: "<Annotation Term=\"T\">", count: 5000)
        #expect(failure(document(deep)).contains("nested more than 100 deep"))
    }

    @Test func sizeIsBounded() {
        var reader = CSDLReader()
        reader.limits.size = 100
        #expect(throws: Diagnostic.self) { try reader.read(Array(document("").utf8), name: "test.xml") }
    }

    @Test func noSuchFile() {
        do throws(Diagnostic) {
            _ = try CSDLReader().read(contentsOfFile: "/nonexistent/metadata.xml")
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.description == "/nonexistent/metadata.xml: error: there is no such file")
        }
    }

    @Test func directory() {
        do throws(Diagnostic) {
            _ = try CSDLReader().read(contentsOfFile: "/")
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.description == "/: error: this is a directory, not a file")
        }
    }
}
