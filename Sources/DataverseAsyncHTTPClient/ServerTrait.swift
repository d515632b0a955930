#if !Server
#error("DataverseAsyncHTTPClient needs the package trait 'Server', which 'traits: []' leaves out.")
#endif
