// The core is part of the runtime's interface: whoever imports `Dataverse` writes `Record` and `DataverseError`.
@_exported import ODataCore
