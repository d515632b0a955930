// Whoever makes a credential hands it to a client.
@_exported import Dataverse
