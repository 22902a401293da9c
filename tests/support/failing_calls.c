/* System calls that fail at the n-th time below one folder, and a log of those that change files: for LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, FSYNC = 2, TRUNCATE = 4, OPEN = 8, RENAME = 16, READ = 32, FOLDER = 64, LOCK = 128, CLOSE = 256 };
enum { ONCE = 0, FROM_THEN_ON = 1, SHORT = 2 };

static char folder[PATH_MAX];
static int kinds, nth, error_number, mode, log_fd = -1;
static int *count; /* shared with the process that has forked this one */

__attribute__((constructor)) static void begin(void) {
    count = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void calls_arm(const char *below, int which, int n, int error, int how) {
    strncpy(folder, below, sizeof folder - 1);
    kinds = which, nth = n, error_number = error, mode = how;
    *count = 0;
}

int calls_count(void) { return *count; }
void calls_log(const char *path) { log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600); }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_below(const char *path) { return folder[0] && !strncmp(path, folder, strlen(folder)); }

static const char *path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    path[size > 0 ? size : 0] = 0;
    return path;
}

static const char *path_at(int dir, const char *name, char *path) {
    if (name[0] == '/') return name;
    char base[PATH_MAX];
    if (dir == AT_FDCWD) { if (!getcwd(base, sizeof base)) base[0] = 0; } else path_of(dir, base);
    snprintf(path, PATH_MAX, "%.2000s/%.2000s", base, name);
    return path;
}

/* A line of the log: kind, path, number, number of bytes, and the bytes themselves. */
static void note(char kind, const char *path, int64_t number, const void *bytes, size_t size) {
    if (log_fd < 0) return;
    int saved = errno;
    char head[PATH_MAX + 64];
    int length = snprintf(head, sizeof head, "%c\t%s\t%lld\t%zu\n", kind, path, (long long)number, size);
    struct iovec parts[] = {{head, length}, {(void *)bytes, size}}; /* at once, since threads sync files */
    if (writev(log_fd, parts, 2) != (ssize_t)(length + size)) log_fd = -1;
    errno = saved;
}

static int fails(int kind, const char *path) {
    if (!(kinds & kind) || !is_below(path)) return 0;
    int now = ++*count;
    if (mode == FROM_THEN_ON ? now < nth || !nth : now != nth) return 0;
    errno = error_number;
    return 1;
}

static ssize_t write_at(int fd, const void *bytes, size_t size, int64_t offset, const char *path) {
    char buffer[PATH_MAX];
    path = path_of(fd, buffer);
    if (fails(WRITE, path)) {
        if (mode != SHORT || size < 2) return -1;
        size /= 2;
    }
    if (is_below(path)) {
        int64_t where = offset;
        if (where < 0) where = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
        note('w', path, where, bytes, size);
    }
    return offset < 0 ? REAL(write)(fd, bytes, size) : REAL(pwrite64)(fd, bytes, size, offset);
}

ssize_t write(int fd, const void *bytes, size_t size) { return write_at(fd, bytes, size, -1, NULL); }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return write_at(fd, bytes, size, at, NULL); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) { return write_at(fd, bytes, size, at, NULL); }

#define SYNC(name)                                      \
    int name(int fd) {                                  \
        char buffer[PATH_MAX];                          \
        const char *path = path_of(fd, buffer);         \
        if (fails(FSYNC, path)) return -1;              \
        int result = REAL(name)(fd);                    \
        if (is_below(path)) note('s', path, 0, "", 0);  \
        return result;                                  \
    }
SYNC(fsync)
SYNC(fdatasync)

#define CUT(name, type)                                          \
    int name(int fd, type size) {                                \
        char buffer[PATH_MAX];                                   \
        const char *path = path_of(fd, buffer);                  \
        if (fails(TRUNCATE, path)) return -1;                    \
        if (is_below(path)) note('t', path, size, "", 0);        \
        return REAL(name)(fd, size);                             \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

static ssize_t read_at(int fd, void *bytes, size_t size, int64_t offset) {
    char buffer[PATH_MAX];
    if ((kinds & READ) && fails(READ, path_of(fd, buffer))) {
        if (mode != SHORT || size < 2) return -1;
        size /= 2;
    }
    return offset < 0 ? REAL(read)(fd, bytes, size) : REAL(pread64)(fd, bytes, size, offset);
}

ssize_t read(int fd, void *bytes, size_t size) { return read_at(fd, bytes, size, -1); }
ssize_t pread(int fd, void *bytes, size_t size, off_t at) { return read_at(fd, bytes, size, at); }
ssize_t pread64(int fd, void *bytes, size_t size, off64_t at) { return read_at(fd, bytes, size, at); }

static int opens(const char *path, int flags) {
    int changes = flags & (O_WRONLY | O_RDWR | O_CREAT);
    if (fails(changes ? OPEN : READ, path)) return -1;
    if ((flags & O_TRUNC) && is_below(path)) note('t', path, 0, "", 0);
    if ((flags & O_CREAT) && is_below(path) && access(path, F_OK)) note('c', path, 0, "", 0);
    return 0;
}

static mode_t mode_of(int flags, va_list more) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; }

#define OPENS(name)                                                       \
    int name(const char *path, int flags, ...) {                          \
        char buffer[PATH_MAX];                                            \
        va_list more;                                                     \
        va_start(more, flags);                                            \
        mode_t rights = mode_of(flags, more);                             \
        va_end(more);                                                     \
        if (opens(path_at(AT_FDCWD, path, buffer), flags)) return -1;     \
        return REAL(name)(path, flags, rights);                           \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                    \
    int name(int dir, const char *path, int flags, ...) {                 \
        char buffer[PATH_MAX];                                            \
        va_list more;                                                     \
        va_start(more, flags);                                            \
        mode_t rights = mode_of(flags, more);                             \
        va_end(more);                                                     \
        if (opens(path_at(dir, path, buffer), flags)) return -1;          \
        return REAL(name)(dir, path, flags, rights);                      \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

/* A change of names, in the log once it is made. */
static int named(int result, char kind, const char *path, const char *old) {
    if (!result && is_below(path)) note(kind, path, 0, old, strlen(old));
    return result;
}

#define TWO_NAMES(name, kind, letter)                                     \
    int name(const char *old, const char *new) {                          \
        char buffer[PATH_MAX], other[PATH_MAX];                           \
        const char *from = path_at(AT_FDCWD, old, buffer), *to = path_at(AT_FDCWD, new, other); \
        return fails(kind, to) ? -1 : named(REAL(name)(old, new), letter, to, from);            \
    }
TWO_NAMES(rename, RENAME, 'r')
TWO_NAMES(link, FOLDER, 'l')

#define REMOVES(name, kind)                                               \
    int name(const char *old) {                                           \
        char buffer[PATH_MAX];                                            \
        const char *path = path_at(AT_FDCWD, old, buffer);                \
        return fails(kind, path) ? -1 : named(REAL(name)(old), 'u', path, ""); \
    }
REMOVES(unlink, RENAME)
REMOVES(rmdir, FOLDER)

int unlinkat(int dir, const char *old, int flags) {
    char buffer[PATH_MAX];
    const char *path = path_at(dir, old, buffer);
    return fails(flags & AT_REMOVEDIR ? FOLDER : RENAME, path) ? -1 : named(REAL(unlinkat)(dir, old, flags), 'u', path, "");
}

int mkdir(const char *new, mode_t rights) {
    char buffer[PATH_MAX];
    const char *path = path_at(AT_FDCWD, new, buffer);
    return fails(FOLDER, path) ? -1 : named(REAL(mkdir)(new, rights), 'm', path, "");
}

int flock(int fd, int operation) {
    char buffer[PATH_MAX];
    return fails(LOCK, path_of(fd, buffer)) ? -1 : REAL(flock)(fd, operation);
}

#define LOCKS(name)                                                       \
    int name(int fd, int command, ...) {                                  \
        char buffer[PATH_MAX];                                            \
        va_list more;                                                     \
        va_start(more, command);                                          \
        void *argument = va_arg(more, void *);                            \
        va_end(more);                                                     \
        if (command == F_SETLK && fails(LOCK, path_of(fd, buffer))) return -1; \
        return REAL(name)(fd, command, argument);                         \
    }
LOCKS(fcntl)
LOCKS(fcntl64)

int close(int fd) { /* of a file that was written: it is closed, and what was written may be lost */
    char buffer[PATH_MAX];
    int written = kinds & CLOSE && fcntl(fd, F_GETFL) & (O_WRONLY | O_RDWR);
    int failed = written && fails(CLOSE, path_of(fd, buffer)), result = REAL(close)(fd);
    if (failed) errno = error_number;
    return failed ? -1 : result;
}
