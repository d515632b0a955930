#if !Server
#error("DataverseAsyncHTTPClient needs the package trait 'Server': leave out 'traits: []' where the package swift-dataverse is named.")
#endif
