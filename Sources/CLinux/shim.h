// System calls of Linux that the C library declares for GNU programs only, and Swift is none.
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include <fcntl.h>
#include <stddef.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// `pipe2` with `O_CLOEXEC`: 0, or -1 and `errno`.
static inline int vl_pipe(int ends[_Nonnull 2]) {
    return (int)syscall(SYS_pipe2, ends, O_CLOEXEC);
}

/// Two connected sockets, closed on `exec`: 0, or -1 and `errno`.
static inline int vl_socket_pair(int ends[_Nonnull 2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

/// `send` that neither waits nor raises SIGPIPE.
static inline ssize_t vl_send(int socket, const void *_Nullable bytes, size_t count) {
    return send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/// A file in memory without a name, closed on `exec`: its descriptor, or -1 and `errno`.
static inline int vl_memory_file(void) {
    return (int)syscall(SYS_memfd_create, "vecino", 1u /* MFD_CLOEXEC */);
}

/// Limits the address space of another process of ours: 0, or -1 and `errno`.
static inline int vl_limit_memory(pid_t process, size_t bytes) {
    struct rlimit limit = {bytes, bytes};
    return (int)syscall(SYS_prlimit64, process, RLIMIT_AS, &limit, NULL);
}

/// What a process had used when it ended.
struct vl_usage {
    /// The most bytes of memory that it had at once.
    long peak_memory;
    /// Seconds of processor time.
    long seconds;
};

/// `waitpid` that says what the process had used: its number, 0, or -1 and `errno`.
static inline pid_t vl_wait(
    pid_t process, int *_Nonnull status, int options, struct vl_usage *_Nonnull used) {
    struct rusage usage = {0};
    pid_t result = wait4(process, status, options, &usage);
    used->peak_memory = usage.ru_maxrss << 10;
    used->seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec;
    return result;
}

/// An inotify descriptor that does not block, or -1 and `errno`.
static inline int vl_watch(void) {
    return inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
}

/// Watches what is written, created, renamed and deleted in a folder: a number, or -1 and `errno`.
static inline int vl_watch_folder(int descriptor, const char *_Nonnull folder) {
    return inotify_add_watch(descriptor, folder,
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB
            | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK);
}
