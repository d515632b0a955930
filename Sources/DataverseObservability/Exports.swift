// Whoever makes an observer hands it to a client.
@_exported import Dataverse
