/*
 * Fails or kills a program at the n-th call by which it changes a file: a library for LD_PRELOAD, built by
 * scripts/torture.
 *
 *   FAULT_FILES  counts only files whose absolute path begins so; nothing is done without it
 *   FAULT_AT     the number of the call, from 1; 0 only counts
 *   FAULT_KIND   kill   SIGKILL in place of the call
 *                torn   half of the bytes are written, then SIGKILL
 *                eio    the call fails with EIO, the next ones work again
 *                enospc likewise with ENOSPC
 *                full   this call and all later ones that need room fail with ENOSPC, as on a full disk
 *                broken this call and all later ones fail with EIO, as on a broken disk
 *                short  half of the bytes are written, and that is said
 *   FAULT_COUNT  a file that gets the number of calls when the process ends, and of each kind
 *   FAULT_CLOCK  a file: while it is there, the clock of day shows a day earlier
 *
 * It also fails calls that only look at files:
 *
 *   READ_FILES   counts only files and folders whose path begins so; nothing is done without it
 *   READ_AT      the number of the call, from 1; 0 only counts
 *   READ_ERRNO   the number of the error that it fails with
 *   READ_LASTS   if set, all later calls fail too
 *   READ_COUNT   a file that gets the number of calls when the process ends
 *   FLOCK_ERRNO  every flock fails with this error
 *
 * Counted there are open, read, pread, fstat, stat, lstat, fstatat, readdir, fdopendir and realpath.
 *
 * Counted are write, pwrite, ftruncate, fallocate, fsync, fdatasync and unlink, across all threads of the process.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum kind { KILL, TORN, EIO_ONCE, ENOSPC_ONCE, FULL, BROKEN, SHORT };
enum call { WRITE, TRUNCATE, SYNC, UNLINK, CALLS };

static atomic_long count;
static atomic_long calls[CALLS];
static long at;
static enum kind kind;
static const char *files, *counts, *read_files, *read_counts;
static atomic_long reads;
static long read_at;
static int read_error, read_lasts;
static size_t files_length;

__attribute__((constructor)) static void start(void) {
    static const char *const kinds[] = {"kill", "torn", "eio", "enospc", "full", "broken", "short"};
    files = getenv("FAULT_FILES");
    counts = getenv("FAULT_COUNT");
    const char *number = getenv("FAULT_AT"), *name = getenv("FAULT_KIND");
    files_length = files ? strlen(files) : 0;
    at = number ? atol(number) : 0;
    read_files = getenv("READ_FILES");
    read_counts = getenv("READ_COUNT");
    read_at = getenv("READ_AT") ? atol(getenv("READ_AT")) : 0;
    read_error = getenv("READ_ERRNO") ? atoi(getenv("READ_ERRNO")) : EIO;
    read_lasts = getenv("READ_LASTS") != NULL;
    for (int i = 0; name && i < 7; i++)
        if (!strcmp(name, kinds[i])) kind = (enum kind)i;
}

static void note(const char *name, const char *text, size_t length) {
    int file = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return;
    syscall(SYS_write, file, text, length);
    syscall(SYS_close, file);
}

__attribute__((destructor)) static void end(void) {
    if (read_counts && atomic_load(&reads)) {
        char text[40];
        int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&reads));
        note(read_counts, text, (size_t)length);
    }
    if (!counts || !atomic_load(&count)) return;
    char text[160];
    int length = snprintf(text, sizeof text, "%ld %ld %ld %ld %ld\n", atomic_load(&count),
        atomic_load(&calls[WRITE]), atomic_load(&calls[TRUNCATE]), atomic_load(&calls[SYNC]),
        atomic_load(&calls[UNLINK]));
    note(counts, text, (size_t)length);
}

static int is_ours(const char *path) {
    return files && path && !strncmp(path, files, files_length);
}

/* The path that a descriptor was opened by, as the system knows it; 0 if there is none. */
static int path_of(int file, char path[4096]) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, 4095);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int is_open_on_ours(int file) {
    char path[4096];
    return files && path_of(file, path) && is_ours(path);
}

/* Counts a call that looks at a path, and says with what error it has to fail: 0 for none. */
static int look(const char *path) {
    if (!read_files || !path || strncmp(path, read_files, strlen(read_files))) return 0;
    long number = atomic_fetch_add(&reads, 1) + 1;
    if (!read_at || number < read_at || (number > read_at && !read_lasts)) return 0;
    errno = read_error;
    return read_error;
}

static int look_through(int file) {
    char path[4096];
    return read_files && path_of(file, path) ? look(path) : 0;
}

/* A path from a folder that is open. */
static int look_at(int folder, const char *name) {
    char path[8192];
    if (!read_files || !name) return 0;
    if (name[0] == '/' || folder == AT_FDCWD) return look(name);
    if (!path_of(folder, path)) return 0;
    size_t length = strlen(path);
    if (length + strlen(name) + 2 > sizeof path) return 0;
    path[length] = '/';
    strcpy(path + length + 1, name);
    return look(path);
}

/* Counts a call, and says with what error it has to fail: 0 for none, -1 for half of it. */
static int fault(enum call call) {
    atomic_fetch_add(&calls[call], 1);
    long number = atomic_fetch_add(&count, 1) + 1;
    if (!at || number < at) return 0;
    int lasts = kind == FULL || kind == BROKEN;
    if (number > at && !lasts) return 0;
    switch (kind) {
    case KILL: kill(getpid(), SIGKILL); break;
    case TORN:
        if (call != WRITE) kill(getpid(), SIGKILL);
        return -1;
    case EIO_ONCE: case BROKEN: return EIO;
    case ENOSPC_ONCE: return call == UNLINK ? 0 : ENOSPC;
    case FULL: return call == WRITE ? ENOSPC : 0;
    case SHORT: return call == WRITE ? -1 : 0;
    }
    return 0;
}

static ssize_t half_written(ssize_t written) {
    if (kind == TORN) kill(getpid(), SIGKILL);
    return written;
}

ssize_t write(int file, const void *bytes, size_t size) {
    int error = is_open_on_ours(file) ? fault(WRITE) : 0;
    if (error > 0) { errno = error; return -1; }
    if (error < 0) return half_written(syscall(SYS_write, file, bytes, size / 2));
    return syscall(SYS_write, file, bytes, size);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t offset) {
    int error = is_open_on_ours(file) ? fault(WRITE) : 0;
    if (error > 0) { errno = error; return -1; }
    if (error < 0) return half_written(syscall(SYS_pwrite64, file, bytes, size / 2, offset));
    return syscall(SYS_pwrite64, file, bytes, size, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
    return pwrite64(file, bytes, size, offset);
}

static int checked(int ours, enum call call, long number, long a, long b, long c, long d) {
    int error = ours ? fault(call) : 0;
    if (error > 0) { errno = error; return -1; }
    return (int)syscall(number, a, b, c, d);
}

int ftruncate64(int file, off_t size) {
    return checked(is_open_on_ours(file), TRUNCATE, SYS_ftruncate, file, size, 0, 0);
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int fallocate64(int file, int mode, off_t offset, off_t size) {
    return checked(is_open_on_ours(file), TRUNCATE, SYS_fallocate, file, mode, offset, size);
}

int fallocate(int file, int mode, off_t offset, off_t size) {
    return fallocate64(file, mode, offset, size);
}

int posix_fallocate64(int file, off_t offset, off_t size) {
    return fallocate64(file, 0, offset, size) ? errno : 0;
}

int posix_fallocate(int file, off_t offset, off_t size) { return posix_fallocate64(file, offset, size); }

int fsync(int file) { return checked(is_open_on_ours(file), SYNC, SYS_fsync, file, 0, 0, 0); }

int fdatasync(int file) { return checked(is_open_on_ours(file), SYNC, SYS_fdatasync, file, 0, 0, 0); }

int unlink(const char *path) {
    return checked(is_ours(path), UNLINK, SYS_unlink, (long)path, 0, 0, 0);
}

/* The clock of day, set back while the file is there; the clock that only runs is left alone. */
static time_t behind(void) {
    const char *flag = getenv("FAULT_CLOCK");
    return flag && syscall(SYS_access, flag, F_OK) == 0 ? 86400 : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (!result && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec -= behind();
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int result = (int)syscall(SYS_gettimeofday, now, zone);
    if (!result) now->tv_sec -= behind();
    return result;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}

/* Calls that only look. */

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, mode_t);
    va_end(more);
    if (!(flags & O_CREAT) && look(path)) return -1;
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return open(path, flags, mode);
}

ssize_t read(int file, void *bytes, size_t size) {
    return look_through(file) ? -1 : syscall(SYS_read, file, bytes, size);
}

ssize_t pread64(int file, void *bytes, size_t size, off_t offset) {
    return look_through(file) ? -1 : syscall(SYS_pread64, file, bytes, size, offset);
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset) {
    return pread64(file, bytes, size, offset);
}

int fstat(int file, struct stat *status) {
    return look_through(file) ? -1 : (int)syscall(SYS_newfstatat, file, "", status, AT_EMPTY_PATH);
}

int fstatat(int folder, const char *path, struct stat *status, int flags) {
    if (look_at(folder, path)) return -1;
    return (int)syscall(SYS_newfstatat, folder, path, status, flags);
}

int stat(const char *path, struct stat *status) { return fstatat(AT_FDCWD, path, status, 0); }

int lstat(const char *path, struct stat *status) {
    return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

struct dirent *readdir(DIR *folder) {
    return look_through(dirfd(folder)) ? NULL : REAL(readdir)(folder);
}

struct dirent64 *readdir64(DIR *folder) {
    return look_through(dirfd(folder)) ? NULL : REAL(readdir64)(folder);
}

DIR *fdopendir(int file) { return look_through(file) ? NULL : REAL(fdopendir)(file); }

char *realpath(const char *restrict path, char *restrict resolved) {
    return look(path) ? NULL : REAL(realpath)(path, resolved);
}

int flock(int file, int operation) {
    const char *error = getenv("FLOCK_ERRNO");
    if (!error) return (int)syscall(SYS_flock, file, operation);
    errno = atoi(error);
    return -1;
}
