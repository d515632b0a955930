import BindingsGenerator
import Testing

@Suite("The list of the build-tool plugin")
struct BindingsListTests {
    private func problem(_ yaml: String) -> String {
        do throws(BindingsList.Problem) {
            _ = try BindingsList(yaml: yaml, file: "list.yaml")
            return "none"
        } catch {
            return error.description
        }
    }

    @Test func listsAndComments() throws {
        let list = try BindingsList(
            yaml: """
                ---
                # The tables.
                tables:   # of the app
                  - account
                  - 'contact'
                - "msdyn_iotalert"   # not indented

                operations: [WhoAmI, Win_Opportunity]
                access: public
                """,
            file: "list.yaml"
        )
        #expect(list.tables == ["account", "contact", "msdyn_iotalert"])
        #expect(list.operations == ["WhoAmI", "Win_Opportunity"])
        #expect(list.access == "public")
        #expect(
            list.isWhatWasPlanned(
                names: ["account", "contact", "msdyn_iotalert", "WhoAmI", "Win_Opportunity"],
                access: "public"
            )
        )
        #expect(!list.isWhatWasPlanned(names: ["account"], access: "public"))
    }

    @Test(arguments: [
        ("", "list.yaml: error: it lists no tables"),
        ("tables:\n  - acc*", "list.yaml:2: error: 'acc*' is not a name; wildcards are not possible in a plugin"),
        ("table:\n  - a", "list.yaml:1: error: unknown key 'table'; the keys are tables, operations and access"),
        ("- a", "list.yaml:1: error: a list item without a key above it"),
        ("tables: [a, b", "list.yaml:1: error: the list does not end on this line"),
        ("tables:\n  -", "list.yaml:2: error: a name is missing"),
        ("tables:\n  a: b", "list.yaml:2: error: expected 'key:' or '- item'"),
        ("access: open", "list.yaml:1: error: access is internal, package or public, not 'open'"),
    ])
    func whatIsNotAList(yaml: String, message: String) {
        #expect(problem(yaml) == message)
    }
}
