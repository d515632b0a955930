extension MetadataWriter {
    /// The metadata of a new column.
    ///
    /// - Parameters:
    ///   - column: the definition.
    ///   - isPrimaryName: whether the column names rows to people.
    ///   - isComplex: whether it is created together with its table: the types have other names there.
    func column(
        _ column: ColumnDefinition,
        isPrimaryName: Bool = false,
        isComplex: Bool = false
    ) throws(DataverseError) -> Record {
        try check(schemaName: column.schemaName, of: "column")
        let prefix = Self.namespace + (isComplex ? "Complex" : "")
        var payload: Record = [
            AnnotationName.type: .string("\(prefix)\(column.type.metadataName)AttributeMetadata"),
            "SchemaName": .string(column.schemaName),
            "DisplayName": try label(column.displayName ?? column.defaultLabel, of: column.schemaName),
            "RequiredLevel": ["Value": .string(column.required.rawValue)],
        ]
        if let description = column.description {
            payload["Description"] = try label(description, of: "the description of \(column.schemaName)")
        }
        switch column.type {
        case .string, .choice: payload["IsPrimaryName"] = .bool(isPrimaryName)
        default: break
        }
        payload.merge(try properties(of: column, prefix: prefix))
        payload.merge(column.additionalMetadata)
        return payload
    }

    private func properties(of column: ColumnDefinition, prefix: String) throws(DataverseError) -> Record {
        let name = column.schemaName
        switch column.type {
        case .string(let maxLength, let format, let autoNumberFormat):
            try check(maxLength, of: name, in: 1...4_000, as: "characters")
            var text: Record = ["MaxLength": Value(maxLength), "FormatName": ["Value": .string(format.rawValue)]]
            text["AutoNumberFormat"] = autoNumberFormat.map { .string($0) }
            return text
        case .memo(let maxLength, let format):
            try check(maxLength, of: name, in: 1...1_048_576, as: "characters")
            return [
                "MaxLength": Value(maxLength), "FormatName": ["Value": .string(format.rawValue)], "ImeMode": "Auto",
            ]
        case .integer(let range, let format):
            return [
                "Format": .string(format.rawValue), "MinValue": .integer(Int64(range.lowerBound)),
                "MaxValue": .integer(Int64(range.upperBound)),
            ]
        case .bigInteger:
            return [:]
        case .decimal(let range, let precision):
            try check(precision, of: name, in: 0...10, as: "digits after the point")
            return [
                "MinValue": .decimal(range.lowerBound), "MaxValue": .decimal(range.upperBound),
                "Precision": Value(precision),
            ]
        case .double(let range, let precision):
            try check(precision, of: name, in: 0...5, as: "digits after the point")
            return [
                "MinValue": .double(range.lowerBound), "MaxValue": .double(range.upperBound),
                "Precision": Value(precision),
            ]
        case .money(let range, let precision):
            return try moneyProperties(range, precision: precision, name: name)
        case .dateTime(let format, let behavior):
            var time: Record = ["Format": .string(format.rawValue), "ImeMode": "Inactive"]
            if let behavior { time["DateTimeBehavior"] = ["Value": .string(behavior.rawValue)] }
            return time
        case .boolean(let trueLabel, let falseLabel, let defaultValue):
            return try booleanProperties(trueLabel, falseLabel, defaultValue: defaultValue, of: name, prefix: prefix)
        case .choice(let options, let defaultValue):
            return try choiceProperties(options, defaultValue: defaultValue, of: name, prefix: prefix)
        case .multipleChoice(let options):
            return try choiceProperties(options, defaultValue: nil, of: name, prefix: prefix)
        case .file(let maximum):
            return try sizeProperties(maximum, of: name)
        case .image(let maximum, let storesFullImage):
            var image = try sizeProperties(maximum, of: name)
            if let storesFullImage { image["CanStoreFullImage"] = .bool(storesFullImage) }
            return image
        }
    }

    private func moneyProperties(
        _ range: ClosedRange<Double>?,
        precision: Int?,
        name: String
    ) throws(DataverseError) -> Record {
        var money: Record = [:]
        if let range {
            money["MinValue"] = .double(range.lowerBound)
            money["MaxValue"] = .double(range.upperBound)
        }
        // 0: the precision of the column counts; 2: the one of the currency.
        money["PrecisionSource"] = precision == nil ? 2 : 0
        if let precision {
            try check(precision, of: name, in: 0...4, as: "digits after the point")
            money["Precision"] = Value(precision)
        }
        return money
    }

    private func booleanProperties(
        _ trueLabel: LocalizedLabel,
        _ falseLabel: LocalizedLabel,
        defaultValue: Bool?,
        of name: String,
        prefix: String
    ) throws(DataverseError) -> Record {
        var boolean: Record = [
            "OptionSet": [
                AnnotationName.type: .string(prefix + "BooleanOptionSetMetadata"),
                "TrueOption": ["Value": 1, "Label": try label(trueLabel, of: "the true option of \(name)")],
                "FalseOption": ["Value": 0, "Label": try label(falseLabel, of: "the false option of \(name)")],
                "IsGlobal": false,
            ]
        ]
        if let defaultValue { boolean["DefaultValue"] = .bool(defaultValue) }
        return boolean
    }

    private func sizeProperties(_ kilobytes: Int?, of name: String) throws(DataverseError) -> Record {
        guard let kilobytes else { return [:] }
        try check(kilobytes, of: name, in: 1...10_485_760, as: "kilobytes")
        return ["MaxSizeInKB": Value(kilobytes)]
    }

    private func check(
        _ number: Int,
        of name: String,
        in range: ClosedRange<Int>,
        as unit: String
    ) throws(DataverseError) {
        guard range.contains(number) else {
            throw DataverseError(
                .invalidRequest,
                "The column “\(name)” cannot have \(number) \(unit). Choose \(range.lowerBound) to \(range.upperBound)."
            )
        }
    }
}

extension ColumnDefinition {
    /// What people read where nothing else is said: the name without the publisher's prefix.
    var defaultLabel: LocalizedLabel {
        LocalizedLabel(schemaName.split(separator: "_").last.map(String.init) ?? schemaName)
    }
}

extension Value {
    init(_ number: Int) { self = .integer(Int64(number)) }
}
