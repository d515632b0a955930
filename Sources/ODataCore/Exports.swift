// Columns hold `UUID`, `Date`, `Decimal` and `Data`; whoever imports the core can use them, operators included,
// without a second import.
#if canImport(FoundationEssentials)
@_exported import FoundationEssentials
#else
@_exported import Foundation
#endif
