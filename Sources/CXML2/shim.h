// libxml2's HTML and XML parsers, as the document readers use them.
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
