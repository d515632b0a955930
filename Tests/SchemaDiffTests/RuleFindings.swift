import Testing

/// What is to be found in the example of a rule.
struct RuleFindings: Sendable, CustomTestStringConvertible {
    let rule: String
    let changes: [String]

    init(_ rule: String, _ changes: String...) {
        self.rule = rule
        self.changes = changes
    }

    var testDescription: String { rule }

    /// All rules, in the order of the catalogue.
    static let all: [RuleFindings] = [
        RuleFindings(
            "odata-version-changed",
            "risky odata-version-changed $metadata: 4.0 → 4.01"
        ),
        RuleFindings(
            "reference-added",
            "safe reference-added Shared: nothing → shared.xml"
        ),
        RuleFindings(
            "reference-removed",
            "risky reference-removed Shared: shared.xml → nothing"
        ),
        RuleFindings(
            "schema-added",
            "safe schema-added Stock: nothing → Stock"
        ),
        RuleFindings(
            "schema-removed",
            "breaking schema-removed Stock: Stock → nothing"
        ),
        RuleFindings(
            "entity-type-added",
            "safe entity-type-added Sales.Order: nothing → EntityType"
        ),
        RuleFindings(
            "entity-type-removed",
            "breaking entity-type-removed Sales.Order: EntityType → nothing"
        ),
        RuleFindings(
            "entity-type-made-abstract",
            "breaking entity-type-made-abstract Sales.Order: false → true"
        ),
        RuleFindings(
            "entity-type-made-concrete",
            "safe entity-type-made-concrete Sales.Order: true → false"
        ),
        RuleFindings(
            "entity-type-opened",
            "safe entity-type-opened Sales.Order: false → true"
        ),
        RuleFindings(
            "entity-type-closed",
            "breaking entity-type-closed Sales.Order: true → false"
        ),
        RuleFindings(
            "entity-type-stream-added",
            "safe entity-type-stream-added Sales.Photo: false → true"
        ),
        RuleFindings(
            "entity-type-stream-removed",
            "breaking entity-type-stream-removed Sales.Photo: true → false"
        ),
        RuleFindings(
            "complex-type-added",
            "safe complex-type-added Sales.Order: nothing → ComplexType"
        ),
        RuleFindings(
            "complex-type-removed",
            "breaking complex-type-removed Sales.Order: ComplexType → nothing"
        ),
        RuleFindings(
            "complex-type-made-abstract",
            "breaking complex-type-made-abstract Sales.Order: false → true"
        ),
        RuleFindings(
            "complex-type-made-concrete",
            "safe complex-type-made-concrete Sales.Order: true → false"
        ),
        RuleFindings(
            "complex-type-opened",
            "safe complex-type-opened Sales.Order: false → true"
        ),
        RuleFindings(
            "complex-type-closed",
            "breaking complex-type-closed Sales.Order: true → false"
        ),
        RuleFindings(
            "base-type-changed",
            "breaking base-type-changed Sales.Order: Sales.Base → nothing"
        ),
        RuleFindings(
            "type-definition-added",
            "safe type-definition-added Sales.Code: nothing → Edm.String"
        ),
        RuleFindings(
            "type-definition-removed",
            "breaking type-definition-removed Sales.Code: Edm.String → nothing"
        ),
        RuleFindings(
            "type-definition-underlying-type-changed",
            "breaking type-definition-underlying-type-changed Sales.Code: Edm.String → Edm.Int32"
        ),
        RuleFindings(
            "type-definition-narrowed",
            "breaking type-definition-narrowed Sales.Code: 20 → 10"
        ),
        RuleFindings(
            "type-definition-widened",
            "risky type-definition-widened Sales.Code: 10 → 20"
        ),
        RuleFindings(
            "key-added",
            "safe key-added Sales.Order: nothing → id"
        ),
        RuleFindings(
            "key-removed",
            "breaking key-removed Sales.Order: id → nothing"
        ),
        RuleFindings(
            "key-changed",
            "breaking key-changed Sales.Order: id → number"
        ),
        RuleFindings(
            "key-alias-changed",
            "breaking key-alias-changed Sales.Order: id as key → id as identifier"
        ),
        RuleFindings(
            "alternate-key-added",
            "safe alternate-key-added Sales.Order@AlternateKeys(number): nothing → number"
        ),
        RuleFindings(
            "alternate-key-removed",
            "breaking alternate-key-removed Sales.Order@AlternateKeys(number): number → nothing"
        ),
        RuleFindings(
            "property-added",
            "safe property-added Sales.Order/note: nothing → Edm.String"
        ),
        RuleFindings(
            "property-added-required",
            "safe property-added Sales.Order/note: nothing → Edm.String",
            "breaking property-added-required Sales.Order/note: nothing → Edm.String"
        ),
        RuleFindings(
            "property-removed",
            "breaking property-removed Sales.Order/note: Edm.String → nothing"
        ),
        RuleFindings(
            "property-type-changed",
            "breaking property-type-changed Sales.Order/note: Edm.String → Edm.Int32"
        ),
        RuleFindings(
            "property-made-required",
            "breaking property-made-required Sales.Order/note: nullable → not nullable"
        ),
        RuleFindings(
            "property-made-optional",
            "risky property-made-optional Sales.Order/note: not nullable → nullable"
        ),
        RuleFindings(
            "property-default-added",
            "safe property-default-added Sales.Order/note: nothing → none"
        ),
        RuleFindings(
            "property-default-changed",
            "risky property-default-changed Sales.Order/note: none → empty"
        ),
        RuleFindings(
            "property-default-removed",
            "risky property-default-removed Sales.Order/note: none → nothing"
        ),
        RuleFindings(
            "property-made-read-only",
            "breaking property-made-read-only Sales.Order/note: false → true"
        ),
        RuleFindings(
            "property-made-writable",
            "safe property-made-writable Sales.Order/note: true → false"
        ),
        RuleFindings(
            "property-made-immutable",
            "breaking property-made-immutable Sales.Order/note: false → true"
        ),
        RuleFindings(
            "property-made-mutable",
            "safe property-made-mutable Sales.Order/note: true → false"
        ),
        RuleFindings(
            "property-max-length-narrowed",
            "breaking property-max-length-narrowed Sales.Order/note: 100 → 50"
        ),
        RuleFindings(
            "property-max-length-widened",
            "risky property-max-length-widened Sales.Order/note: 50 → 100"
        ),
        RuleFindings(
            "property-precision-narrowed",
            "breaking property-precision-narrowed Sales.Order/total: 18 → 10"
        ),
        RuleFindings(
            "property-precision-widened",
            "risky property-precision-widened Sales.Order/total: 10 → 18"
        ),
        RuleFindings(
            "property-scale-narrowed",
            "breaking property-scale-narrowed Sales.Order/total: 4 → 2"
        ),
        RuleFindings(
            "property-scale-widened",
            "risky property-scale-widened Sales.Order/total: 2 → 4"
        ),
        RuleFindings(
            "property-unicode-narrowed",
            "risky property-unicode-narrowed Sales.Order/note: nothing → false"
        ),
        RuleFindings(
            "property-unicode-widened",
            "risky property-unicode-widened Sales.Order/note: false → nothing"
        ),
        RuleFindings(
            "property-srid-changed",
            "breaking property-srid-changed Sales.Order/place: nothing → 3857"
        ),
        RuleFindings(
            "navigation-property-added",
            "safe navigation-property-added Sales.Order/customer: nothing → Sales.Customer"
        ),
        RuleFindings(
            "navigation-property-added-required",
            "safe navigation-property-added Sales.Order/customer: nothing → Sales.Customer",
            "breaking navigation-property-added-required Sales.Order/customer: nothing → Sales.Customer"
        ),
        RuleFindings(
            "navigation-property-removed",
            "breaking navigation-property-removed Sales.Order/customer: Sales.Customer → nothing"
        ),
        RuleFindings(
            "navigation-property-type-changed",
            "breaking navigation-property-type-changed Sales.Order/customer: Sales.Customer → Collection(Sales.Customer)"
        ),
        RuleFindings(
            "navigation-property-made-required",
            "breaking navigation-property-made-required Sales.Order/customer: nullable → not nullable"
        ),
        RuleFindings(
            "navigation-property-made-optional",
            "risky navigation-property-made-optional Sales.Order/customer: not nullable → nullable"
        ),
        RuleFindings(
            "navigation-property-containment-added",
            "breaking navigation-property-containment-added Sales.Order/customer: false → true"
        ),
        RuleFindings(
            "navigation-property-containment-removed",
            "breaking navigation-property-containment-removed Sales.Order/customer: true → false"
        ),
        RuleFindings(
            "navigation-property-partner-changed",
            "risky navigation-property-partner-changed Sales.Order/customer: nothing → orders"
        ),
        RuleFindings(
            "referential-constraint-added",
            "risky referential-constraint-added Sales.Order/customer: nothing → customerid = id"
        ),
        RuleFindings(
            "referential-constraint-removed",
            "risky referential-constraint-removed Sales.Order/customer: customerid = id → nothing"
        ),
        RuleFindings(
            "referential-constraint-changed",
            "breaking referential-constraint-changed Sales.Order/customer: id → number"
        ),
        RuleFindings(
            "on-delete-changed",
            "risky on-delete-changed Sales.Order/customer: SetNull → Cascade"
        ),
        RuleFindings(
            "enum-type-added",
            "safe enum-type-added Sales.Color: nothing → EnumType"
        ),
        RuleFindings(
            "enum-type-removed",
            "breaking enum-type-removed Sales.Color: EnumType → nothing"
        ),
        RuleFindings(
            "enum-type-underlying-type-changed",
            "breaking enum-type-underlying-type-changed Sales.Color: Edm.Int32 → Edm.Int64"
        ),
        RuleFindings(
            "enum-type-made-flags",
            "breaking enum-type-made-flags Sales.Color: false → true"
        ),
        RuleFindings(
            "enum-type-flags-removed",
            "breaking enum-type-flags-removed Sales.Color: true → false"
        ),
        RuleFindings(
            "enum-member-added",
            "risky enum-member-added Sales.Color/Blue: nothing → 3"
        ),
        RuleFindings(
            "enum-member-removed",
            "breaking enum-member-removed Sales.Color/Green: 2 → nothing"
        ),
        RuleFindings(
            "enum-member-value-changed",
            "breaking enum-member-value-changed Sales.Color/Green: 2 → 4"
        ),
        RuleFindings(
            "action-added",
            "safe action-added Sales.Ship: nothing → ()"
        ),
        RuleFindings(
            "action-removed",
            "breaking action-removed Sales.Ship: () → nothing"
        ),
        RuleFindings(
            "action-overload-added",
            "safe action-overload-added Sales.Ship(Sales.Customer): nothing → (Sales.Customer)"
        ),
        RuleFindings(
            "action-overload-removed",
            "breaking action-overload-removed Sales.Ship(Sales.Customer): (Sales.Customer) → nothing"
        ),
        RuleFindings(
            "function-added",
            "safe function-added Sales.Ship: nothing → () → Edm.String"
        ),
        RuleFindings(
            "function-removed",
            "breaking function-removed Sales.Ship: () → Edm.String → nothing"
        ),
        RuleFindings(
            "function-overload-added",
            "safe function-overload-added Sales.Ship(Sales.Customer): nothing → (Sales.Customer) → Edm.String"
        ),
        RuleFindings(
            "function-overload-removed",
            "breaking function-overload-removed Sales.Ship(Sales.Customer): (Sales.Customer) → Edm.String → nothing"
        ),
        RuleFindings(
            "operation-binding-changed",
            "breaking operation-binding-changed Sales.Ship: Sales.Order → Sales.Customer"
        ),
        RuleFindings(
            "function-made-composable",
            "safe function-made-composable Sales.Ship: false → true"
        ),
        RuleFindings(
            "function-composability-removed",
            "breaking function-composability-removed Sales.Ship: true → false"
        ),
        RuleFindings(
            "operation-entity-set-path-changed",
            "risky operation-entity-set-path-changed Sales.Ship: it/customer → it/payer"
        ),
        RuleFindings(
            "parameter-added",
            "safe parameter-added Sales.Ship/note: nothing → Edm.String"
        ),
        RuleFindings(
            "parameter-added-required",
            "breaking parameter-added-required Sales.Ship/note: nothing → Edm.String"
        ),
        RuleFindings(
            "parameter-removed",
            "breaking parameter-removed Sales.Ship/note: Edm.String → nothing"
        ),
        RuleFindings(
            "parameters-reordered",
            "risky parameters-reordered Sales.Ship: carrier, note → note, carrier"
        ),
        RuleFindings(
            "parameter-type-changed",
            "breaking parameter-type-changed Sales.Ship/carrier: Edm.String → Edm.Int32"
        ),
        RuleFindings(
            "parameter-made-required",
            "breaking parameter-made-required Sales.Ship/carrier: nullable → not nullable"
        ),
        RuleFindings(
            "parameter-made-optional",
            "safe parameter-made-optional Sales.Ship/carrier: not nullable → nullable"
        ),
        RuleFindings(
            "parameter-narrowed",
            "breaking parameter-narrowed Sales.Ship/carrier: 20 → 10"
        ),
        RuleFindings(
            "parameter-widened",
            "safe parameter-widened Sales.Ship/carrier: 10 → 20"
        ),
        RuleFindings(
            "return-type-added",
            "risky return-type-added Sales.Ship/$ReturnType: nothing → Edm.String"
        ),
        RuleFindings(
            "return-type-removed",
            "breaking return-type-removed Sales.Ship/$ReturnType: Edm.String → nothing"
        ),
        RuleFindings(
            "return-type-changed",
            "breaking return-type-changed Sales.Ship/$ReturnType: Edm.String → Edm.Int32"
        ),
        RuleFindings(
            "return-type-made-optional",
            "breaking return-type-made-optional Sales.Ship/$ReturnType: not nullable → nullable"
        ),
        RuleFindings(
            "return-type-made-required",
            "risky return-type-made-required Sales.Ship/$ReturnType: nullable → not nullable"
        ),
        RuleFindings(
            "return-type-narrowed",
            "safe return-type-narrowed Sales.Ship/$ReturnType: 20 → 10"
        ),
        RuleFindings(
            "return-type-widened",
            "risky return-type-widened Sales.Ship/$ReturnType: 10 → 20"
        ),
        RuleFindings(
            "entity-container-added",
            "safe entity-container-added Sales.Container: nothing → EntityContainer"
        ),
        RuleFindings(
            "entity-container-removed",
            "breaking entity-container-removed Sales.Container: EntityContainer → nothing"
        ),
        RuleFindings(
            "entity-container-renamed",
            "safe entity-container-renamed Sales.Container: Sales.Container → Sales.Service"
        ),
        RuleFindings(
            "entity-container-extends-changed",
            "risky entity-container-extends-changed Sales.Container: nothing → Sales.Base"
        ),
        RuleFindings(
            "entity-set-added",
            "safe entity-set-added Sales.Container/orders: nothing → Sales.Order"
        ),
        RuleFindings(
            "entity-set-removed",
            "breaking entity-set-removed Sales.Container/orders: Sales.Order → nothing"
        ),
        RuleFindings(
            "entity-set-type-changed",
            "breaking entity-set-type-changed Sales.Container/orders: Sales.Order → Sales.Customer"
        ),
        RuleFindings(
            "entity-set-hidden",
            "risky entity-set-hidden Sales.Container/orders: true → false"
        ),
        RuleFindings(
            "entity-set-listed",
            "safe entity-set-listed Sales.Container/orders: false → true"
        ),
        RuleFindings(
            "singleton-added",
            "safe singleton-added Sales.Container/current: nothing → Sales.Order"
        ),
        RuleFindings(
            "singleton-removed",
            "breaking singleton-removed Sales.Container/current: Sales.Order → nothing"
        ),
        RuleFindings(
            "singleton-type-changed",
            "breaking singleton-type-changed Sales.Container/current: Sales.Order → Sales.Customer"
        ),
        RuleFindings(
            "singleton-made-optional",
            "risky singleton-made-optional Sales.Container/current: false → true"
        ),
        RuleFindings(
            "singleton-made-required",
            "safe singleton-made-required Sales.Container/current: true → false"
        ),
        RuleFindings(
            "navigation-binding-added",
            "safe navigation-binding-added Sales.Container/orders/customer: nothing → customers"
        ),
        RuleFindings(
            "navigation-binding-removed",
            "risky navigation-binding-removed Sales.Container/orders/customer: customers → nothing"
        ),
        RuleFindings(
            "navigation-binding-changed",
            "breaking navigation-binding-changed Sales.Container/orders/customer: customers → clients"
        ),
        RuleFindings(
            "action-import-added",
            "safe action-import-added Sales.Container/ship: nothing → Sales.Ship"
        ),
        RuleFindings(
            "action-import-removed",
            "breaking action-import-removed Sales.Container/ship: Sales.Ship → nothing"
        ),
        RuleFindings(
            "function-import-added",
            "safe function-import-added Sales.Container/ship: nothing → Sales.Ship"
        ),
        RuleFindings(
            "function-import-removed",
            "breaking function-import-removed Sales.Container/ship: Sales.Ship → nothing"
        ),
        RuleFindings(
            "operation-import-target-changed",
            "breaking operation-import-target-changed Sales.Container/ship: Sales.Ship → Sales.Send"
        ),
        RuleFindings(
            "operation-import-entity-set-changed",
            "risky operation-import-entity-set-changed Sales.Container/ship: orders → customers"
        ),
        RuleFindings(
            "operation-import-hidden",
            "risky operation-import-hidden Sales.Container/ship: true → false"
        ),
        RuleFindings(
            "operation-import-listed",
            "safe operation-import-listed Sales.Container/ship: false → true"
        ),
        RuleFindings(
            "term-added",
            "safe term-added Sales.Rank: nothing → Edm.Int32"
        ),
        RuleFindings(
            "term-removed",
            "risky term-removed Sales.Rank: Edm.Int32 → nothing"
        ),
        RuleFindings(
            "term-type-changed",
            "risky term-type-changed Sales.Rank: Edm.Int32 → Edm.String"
        ),
        RuleFindings(
            "term-base-term-changed",
            "risky term-base-term-changed Sales.Rank: nothing → Org.OData.Core.V1.Tag"
        ),
        RuleFindings(
            "term-default-changed",
            "risky term-default-changed Sales.Rank: 1 → 2"
        ),
        RuleFindings(
            "term-applies-to-changed",
            "safe term-applies-to-changed Sales.Rank:  → EntityType"
        ),
        RuleFindings(
            "annotation-added",
            "safe annotation-added Sales.Order@Sales.Rank: nothing → 1"
        ),
        RuleFindings(
            "annotation-removed",
            "risky annotation-removed Sales.Order@Sales.Rank: 1 → nothing"
        ),
        RuleFindings(
            "annotation-changed",
            "risky annotation-changed Sales.Order@Sales.Rank: 1 → 2"
        ),
        RuleFindings(
            "description-changed",
            "safe description-changed Sales.Order@Org.OData.Core.V1.Description: \"An order.\" → \"A customer order.\""
        ),
        RuleFindings(
            "element-deprecated",
            "risky element-deprecated Sales.Order: nothing → Use Invoice."
        ),
        RuleFindings(
            "element-not-deprecated",
            "safe element-not-deprecated Sales.Order: Use Invoice. → nothing"
        ),
        RuleFindings(
            "capability-removed",
            "breaking capability-removed Sales.Container/orders@Org.OData.Capabilities.V1.InsertRestrictions: {Insertable: true} → {Insertable: false}"
        ),
        RuleFindings(
            "capability-added",
            "safe capability-added Sales.Container/orders@Org.OData.Capabilities.V1.InsertRestrictions: {Insertable: false} → {Insertable: true}"
        ),
        RuleFindings(
            "capability-changed",
            "risky capability-changed Sales.Container/orders@Org.OData.Capabilities.V1.ExpandRestrictions: {MaxLevels: 5} → {MaxLevels: 2}"
        ),
        RuleFindings(
            "option-set-added",
            "safe option-set-added Sales.order/statecode: nothing → 0 Open"
        ),
        RuleFindings(
            "option-set-removed",
            "breaking option-set-removed Sales.order/statecode: 0 Open → nothing"
        ),
        RuleFindings(
            "option-added",
            "risky option-added Sales.order/statecode/1: nothing → Closed"
        ),
        RuleFindings(
            "option-removed",
            "breaking option-removed Sales.order/statecode/1: Closed → nothing"
        ),
        RuleFindings(
            "option-label-changed",
            "risky option-label-changed Sales.order/statecode/0: Open → Active"
        ),
    ]
}
