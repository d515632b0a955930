package import HTTPTypes

extension HTTPFields {
    /// The value of a field, as the subscript gives it, without making a new text where there is one field of the name.
    package func value(of name: HTTPField.Name) -> String? {
        var value: String?
        for field in self where field.name == name {
            if value != nil { return self[name] }
            value = field.value
        }
        return value
    }
}
