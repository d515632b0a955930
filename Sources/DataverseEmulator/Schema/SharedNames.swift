import ODataCore
import ODataQuery

// Both names are also Foundation's and GRDB's; in this module they mean OData's.
typealias Record = ODataCore.Record
typealias Expression = ODataQuery.Expression
