// zlib, as the document readers use it to unpack gzip files.
#include <zlib.h>

/// `inflateInit2` for the headers and trailers of gzip or of zlib, which as a macro does not reach Swift.
static inline int vz_inflate_init(z_stream *_Nonnull stream) {
    return inflateInit2(stream, MAX_WBITS + 32);
}
