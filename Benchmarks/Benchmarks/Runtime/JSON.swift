import Benchmark
import Foundation

/// Reading a page of 5,000 rows and every value in it; writing 1,000 rows.
func registerJSONBenchmarks() {
    let json = SamplePage.json
    let data = Data(json)
    let records = JSONWork.newRecords
    let codable = JSONWork.newCodableRows
    let works: [(String, () throws -> Void)] = [
        ("Page of 5,000 rows: bytes copied", { JSONWork.copy(json) }),
        ("Page of 5,000 rows: records", { try JSONWork.readRecords(json) }),
        ("Page of 5,000 rows: typed rows, every value read", { try JSONWork.readTypedRows(json) }),
        ("Page of 5,000 rows: JSONDecoder into Codable structs", { try JSONWork.decodeCodableRows(data) }),
        ("1,000 new rows as JSON", { JSONWork.writeRecords(records) }),
        ("1,000 new rows as JSON: JSONEncoder", { try JSONWork.encodeCodableRows(codable) }),
    ]
    for (name, work) in works {
        Benchmark(name) { benchmark in
            for _ in benchmark.scaledIterations { try work() }
        }
    }
}
