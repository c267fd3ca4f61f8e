// The C interface of OpenBLAS. Only its types are taken from here: the library is loaded when it is needed.
#include <cblas.h>
