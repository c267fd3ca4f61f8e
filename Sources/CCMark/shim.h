// cmark-gfm: CommonMark and GitHub's extensions to it (tables, strikethrough, autolinks, tasks).
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
