#ifndef SWIFT_DATAVERSE_CLIBXML2_SHIM_H
#define SWIFT_DATAVERSE_CLIBXML2_SHIM_H

// Debian builds libxml2 with ICU, and its headers then declare ICU's types, which clash with the copies inside
// Foundation. Nothing here uses them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlerror.h>

/// `xmlFree` is a mutable global function pointer, which Swift 6 refuses to read; this calls it for Swift.
static inline void dataverse_xmlFree(void *pointer) {
    xmlFree(pointer);
}

#endif
