#if !Server
#error("DataverseEmulator needs the package trait 'Server': leave out 'traits: []' where the package swift-dataverse is named.")
#endif
