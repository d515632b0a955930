#if !Server
#error("DataverseEmulator needs the package trait 'Server', which 'traits: []' leaves out.")
#endif
