import BindingsGenerator
import CSDL
import Foundation
import SchemaDiagrams

/// The diagram of a schema, of which the tables are given.
func diagram(
    _ elements: String,
    columns: SchemaDiagram.Columns = .keys,
    configure: (inout GeneratorConfiguration) -> Void = { _ in }
) throws -> SchemaDiagram {
    let text = """
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="N" Alias="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">\(elements)</Schema>
        </edmx:DataServices></edmx:Edmx>
        """
    let (document, _) = try CSDLReader().read(Data(text.utf8), name: "metadata.xml")
    var configuration = GeneratorConfiguration()
    configure(&configuration)
    return SchemaDiagram(try SelectedTables([document], configuration: configuration), columns: columns)
}

/// A table with a key of its own name.
func table(_ name: String, _ members: String = "", attributes: String = "") -> String {
    """
    <EntityType Name="\(name)" \(attributes)><Key><PropertyRef Name="\(name)id"/></Key>\
    <Property Name="\(name)id" Type="Edm.Guid" Nullable="false"/>\(members)</EntityType>
    """
}

/// A lookup and the column that holds its value.
func lookup(_ name: String, to type: String, column: String? = nil, partner: String? = nil) -> String {
    let value = "_\(column ?? name)_value"
    let back = partner.map { " Partner=\"\($0)\"" } ?? ""
    let property = column == nil ? "<Property Name=\"\(value)\" Type=\"Edm.Guid\"/>" : ""
    return """
        \(property)<NavigationProperty Name="\(name)" Type="n.\(type)" Nullable="false"\(back)>\
        <ReferentialConstraint Property="\(value)" ReferencedProperty="\(type)id"/></NavigationProperty>
        """
}

/// A collection of related rows.
func collection(_ name: String, of type: String, partner: String? = nil, attributes: String = "") -> String {
    let back = partner.map { " Partner=\"\($0)\"" } ?? ""
    return "<NavigationProperty Name=\"\(name)\" Type=\"Collection(n.\(type))\"\(back) \(attributes)/>"
}
