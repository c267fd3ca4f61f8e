// libxml2's HTML and XML parsers, as the document readers use them.
//
// Debian builds libxml2 with ICU, whose types would clash with those of Foundation's own copy.
// They appear only in the converters' private parts, which nothing here touches.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
