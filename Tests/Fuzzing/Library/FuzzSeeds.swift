/// The well-formed texts that fuzzed inputs are made of, and the words of their languages.
enum FuzzSeeds {
    private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    static let csdl = bytes([
        """
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="N" Alias="n" xmlns="http://docs.oasis-open.org/odata/ns/edm">
        <EntityType Name="A" BaseType="N.B" OpenType="true"><Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.Guid" Nullable="false"/><Property Name="s" Type="Edm.String" MaxLength="max"/>
        <NavigationProperty Name="b" Type="Collection(N.B)" Partner="a"><ReferentialConstraint Property="id"
        ReferencedProperty="x"/><OnDelete Action="Cascade"/></NavigationProperty></EntityType>
        <EntityType Name="B"/><ComplexType Name="C"><Property Name="d" Type="Edm.Decimal" Precision="9" Scale="variable"/>
        </ComplexType><EnumType Name="E" IsFlags="true" UnderlyingType="Edm.Int64"><Member Name="M" Value="-1"/></EnumType>
        <TypeDefinition Name="T" UnderlyingType="Edm.String"/></Schema></edmx:DataServices></edmx:Edmx>
        """,
        """
        <edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:Reference Uri="u">
        <edmx:Include Namespace="O.C" Alias="c"/></edmx:Reference><edmx:DataServices>
        <Schema Namespace="N" xmlns="http://docs.oasis-open.org/odata/ns/edm"><Function Name="F" IsBound="true"
        EntitySetPath="a/b"><Parameter Name="a" Type="N.A" Nullable="false"/><ReturnType Type="Collection(N.A)"/></Function>
        <Action Name="X"><Parameter Name="p" Type="Edm.Int32"/></Action><EntityContainer Name="Z" Extends="N.Y">
        <EntitySet Name="as" EntityType="N.A"><NavigationPropertyBinding Path="b" Target="bs"/></EntitySet>
        <Singleton Name="me" Type="N.A"/><FunctionImport Name="F" Function="N.F" EntitySet="as"/>
        <ActionImport Name="X" Action="N.X"/></EntityContainer><Annotations Target="N.A/id"><Annotation
        Term="O.C.D" Qualifier="q"><Record Type="c.R"><PropertyValue Property="p" Bool="true"/></Record></Annotation>
        <Annotation Term="O.C.E"><Collection><String>&amp;&#65;&#x42;<![CDATA[<x>]]></String><If><Path>a</Path><Null/>
        <Int>1</Int></If></Collection></Annotation></Annotations><!-- c --></Schema></edmx:DataServices></edmx:Edmx>
        """,
    ])

    static let csdlWords = bytes([
        "<EntityType Name=\"Q\">", "</EntityType>", "<Schema>", "<a>", "</a>", "<a/>", "&amp;", "&#0;", "&#x110000;",
        "&x;",
        "<!DOCTYPE a [<!ENTITY x \"y\">]>", "<!--", "-->", "<![CDATA[", "]]>", "<?pi?>",
        "Type=\"Collection(Edm.String)\"",
        "Nullable=\"x\"", "MaxLength=\"99999999999999999999\"", "xmlns:a=\"b\"", "\"", "'", "Collection(", ")", ".",
        "\n",
        "\u{FEFF}", "BaseType=\"N.A\"", "<Annotation Term=\"t\">", "<Record>", "<Collection>", "\u{0}", "Alias=\"N\"",
        "encoding=\"utf-16\"", "Value=\"9223372036854775808\"", "<Key>", "<PropertyRef Name=\"a/b\" Alias=\"c\"/>",
    ])

    static let json = bytes([
        #"{"@odata.context":"https://x/$metadata#a","value":[{"name":"A","n":1,"d":1.50,"t":null,"b":true},{"name":"\u00e9\ud83d\ude00"}]}"#,
        #"[[],{},[{}],{"a":[1,2,3]},-0,0.0,1e5,-1.5E-7,123456789012345678901234567890,0.1234567890123456789012345678901234567]"#,
        #"{"a":"\"\\\/\b\f\n\r\t","ключ":"значение","":"","a":2}"#,
        #""text""#, "true", " null ", "-12345678901234567890.5e300", #"{"error":{"code":"0x80040217","message":"m"}}"#,
    ])

    static let jsonWords = bytes([
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\udc00", "\\u0000", "true", "false", "null", "-",
        "e",
        "E+", ".", "0", "9999999999", "1e999", "1e-999", "9223372036854775807", "-9223372036854775808", "[[", "{\"a\":",
        "\u{FEFF}",
        "\u{0}", "\u{7F}", "é", "\n", " ", "\"@odata.nextLink\":", "NaN", "Infinity", "//", "18446744073709551616",
    ])

    static let multipart = bytes([
        "multipart/mixed; boundary=b\n--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n\r\n--b--\r\n",
        "multipart/mixed; boundary=\"batch reply\"\npreamble\n--batch reply\nContent-ID: 1\n\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"a\":1}\n--batch reply  \n\n\n--batch reply--\nepilogue",
        "multipart/mixed;boundary=o\n--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-ID: 1\r\n\r\nHTTP/1.1 201 Created\r\n\r\n\r\n--i--\r\n\r\n--o--",
    ])

    static let multipartWords = bytes([
        "--", "--b", "--b--", "\r\n", "\n", "\r", "\r\n\r\n", "boundary=", "\"", ";", ":", "Content-ID: 1\r\n",
        "HTTP/1.1 ",
        "multipart/mixed; boundary=b\n", " ", "\t", "\u{0}", "--batch reply\n", "é", "=", "--i", "--o--", "-",
    ])

    static let url = bytes([
        "accounts?$select=name,revenue&$filter=name eq 'A''B' and revenue gt 1.5e3 or not contains(name,'x')&$top=5",
        "accounts(00000000-0000-0000-0000-000000000001)/contacts('a%2Fb')/$ref?$id=contacts(1)",
        "a?$expand=b($select=c;$expand=d($levels=max);$filter=e/any(x:x/f in (1,2,3)) and g/all(y:y eq 1)),h/$count",
        "a?$filter=Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=[\"1\",{\"b\":null}]) and d eq 2024-02-29T10:00:00Z",
        "a?$search=NOT \"x y\" AND (b OR c)&$compute=case(a gt 0:1,true:0) as b&$orderby=a add 1 desc,b&@p={\"x\":[1,2]}",
        "$crossjoin(A,B)?$filter=A/x eq B/y and cast(C,Edm.String) ne duration'P1D' and s has N.P'Y,1'&$count=true",
        "a?$apply=filter(b eq 1)/groupby((c,d),aggregate(e with sum as f,$count as g))/orderby(f desc)/top(3)",
        "a(k='x',l=1)/N.F(p=@q)/b?@q=geography'SRID=4326;Point(1 2)'&$skiptoken=%3Ccookie%3E",
    ])

    static let urlWords = bytes([
        "'", "''", "(", ")", "((", "))", ",", ";", "=", "/", "//", "$", "$filter=", "&", "?", "@", "%", "%2", "%27",
        "%28", "%00",
        " and ", " eq ", " in (", "not ", "-", "null", "true", "1e400", "duration'", "binary'", "[", "{", "\"", ":",
        "any(x:", "/any()",
        "$it", "$root", "$this", "é", "%C3", "N.F(", "9999999999999999999999", ".", "*", "+", "\u{0}", "$levels=",
        "$expand=a(",
    ])
}
