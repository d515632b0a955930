#if !Observability
#error("DataverseObservability needs the package trait 'Observability', which 'traits: []' leaves out.")
#endif
