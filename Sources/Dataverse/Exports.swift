// The core and the transports' protocols are part of the runtime's interface: whoever imports `Dataverse` writes `Record`
// and `DataverseError`, and may write a transport.
@_exported import ODataCore
@_exported import ODataTransport
