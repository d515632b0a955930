import CSDL
import Foundation
import TestSupport
import Testing

/// Damaged documents: whatever the bytes are, the reader answers with a document or one error, and in time.
@Suite("Fuzzing the reader")
struct ReaderFuzzTests {
    private static let seeds: [[UInt8]] = {
        var seeds = [Array(document(everyConstruct).utf8)]
        for name in ["trippin.xml", "northwind.xml"] {
            if let url = SharedFiles.url("metadata/\(name)"), let data = try? Data(contentsOf: url) {
                seeds.append(Array(data))
            }
        }
        return seeds
    }()

    @Test(arguments: 0..<8)
    func damagedDocumentsAreReadOrRefused(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var reader = CSDLReader()
        reader.limits.depth = 40
        var refused = 0
        for _ in 0..<400 {
            let bytes = ReaderFuzzTests.damaged(using: &random)
            do throws(Diagnostic) {
                let (document, diagnostics) = try reader.read(bytes, name: "damaged.xml")
                #expect(document.counts.schemas >= document.schemas.count)
                #expect(diagnostics.allSatisfy { $0.file == "damaged.xml" })
                _ = SchemaIndex([document])
            } catch {
                refused += 1
                #expect(error.severity == .error && !error.message.isEmpty)
            }
        }
        #expect(refused > 50, "damage of this kind should usually be noticed")
        #expect(refused < 400, "some damage leaves a document that can be read")
    }

    private static func damaged(using random: inout SeededGenerator) -> [UInt8] {
        let seed = seeds[Int.random(in: 0..<seeds.count, using: &random)]
        // A window of the document keeps an input small; the beginning has the root and the namespaces.
        let length = min(seed.count, Int.random(in: 400..<6000, using: &random))
        var bytes = Array(seed[..<length])
        if Bool.random(using: &random) { bytes += Array("</Schema></edmx:DataServices></edmx:Edmx>".utf8) }
        for _ in 0..<Int.random(in: 0..<5, using: &random) where !bytes.isEmpty {
            damage(&bytes, using: &random)
        }
        return bytes
    }

    private static let fragments = [
        "<", ">", "/>", "\"", "&amp;", "&x;", "&#0;", "&#x10FFFF;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>",
        "<!DOCTYPE a>", "<Schema", "Collection(", "Collection(Collection(", "xmlns=\"\"", " Name=\"\"", "\u{0}",
        "\u{FEFF}",
        "<EntityType Name=\"A\" BaseType=\"A\"/>", "<Annotation Term=\"a\">",
        String(repeating: "<Annotation>", count: 50),
        " Nullable=\"7\"", " MaxLength=\"99999999999999999999\"", " Value=\"-9223372036854775809\"",
    ]

    private static func damage(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
            let end = min(bytes.count, place + Int.random(in: 1..<80, using: &random))
            bytes.removeSubrange(place..<end)
        case 3:
            let end = min(bytes.count, place + Int.random(in: 1..<200, using: &random))
            let copy = Array(bytes[place..<end])
            bytes.insert(contentsOf: copy, at: Int.random(in: 0...bytes.count, using: &random))
        case 4:
            let fragment = fragments[Int.random(in: 0..<fragments.count, using: &random)]
            bytes.insert(contentsOf: Array(fragment.utf8), at: place)
        default:
            let other = Int.random(in: 0..<bytes.count, using: &random)
            bytes.swapAt(place, other)
        }
    }
}

/// A schema with every element of CSDL.
private let everyConstruct = """
    <EntityType Name="A" BaseType="self.B" Abstract="true" OpenType="true" HasStream="true">
      <Key><PropertyRef Name="Id" Alias="i"/></Key>
      <Property Name="Id" Type="Edm.Int32" Nullable="false" DefaultValue="7" MaxLength="max" Precision="3" Scale="variable"
        SRID="4326" Unicode="false"><Annotation Term="x" Bool="true"/></Property>
      <NavigationProperty Name="N" Type="Collection(self.B)" Partner="P" ContainsTarget="true" Nullable="false">
        <ReferentialConstraint Property="Id" ReferencedProperty="Id"/><OnDelete Action="Cascade"/></NavigationProperty>
    </EntityType>
    <ComplexType Name="C"><Property Name="x" Type="Collection(Edm.String)"/></ComplexType>
    <EnumType Name="E" IsFlags="true" UnderlyingType="Edm.Byte"><Member Name="a" Value="1"/><Member Name="b"/></EnumType>
    <TypeDefinition Name="T" UnderlyingType="Edm.Decimal" Precision="5"/>
    <Action Name="Do" IsBound="true"><Parameter Name="a" Type="self.A"/><ReturnType Type="Edm.String"/></Action>
    <Function Name="Get" IsComposable="true" EntitySetPath="a"><ReturnType Type="Collection(self.A)"/></Function>
    <Term Name="Term" Type="Edm.Boolean" AppliesTo="Property" BaseTerm="x" DefaultValue="true"/>
    <Annotations Target="self.A/Id" Qualifier="q"><Annotation Term="t"><Collection><Record Type="r">
      <PropertyValue Property="p"><If><Eq><Path>a</Path><Int>1</Int></Eq><Null/><Apply Function="odata.concat">
      <String>s</String></Apply></If></PropertyValue></Record></Collection></Annotation></Annotations>
    <EntityContainer Name="Container" Extends="self.Other"><EntitySet Name="As" EntityType="self.A">
      <NavigationPropertyBinding Path="N" Target="Bs"/></EntitySet><Singleton Name="S" Type="self.A"/>
      <ActionImport Name="Do" Action="self.Do"/><FunctionImport Name="Get" Function="self.Get" EntitySet="As"/>
    </EntityContainer>
    """
