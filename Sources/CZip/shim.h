// libzip, as the document readers use it: archives in memory, read only.
#include <zip.h>
