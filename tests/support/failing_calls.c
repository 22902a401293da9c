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
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITE = 1, FSYNC = 2, TRUNCATE = 4, OPEN = 8, RENAME = 16 };
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
    if (REAL(write)(log_fd, head, length) < 0 || (size && REAL(write)(log_fd, bytes, size) < 0)) log_fd = -1;
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

static int opens(int dir, const char *name, int flags) {
    char buffer[PATH_MAX];
    const char *path = path_at(dir, name, buffer);
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && fails(OPEN, path)) return -1;
    if ((flags & O_TRUNC) && is_below(path)) note('t', path, 0, "", 0);
    return 0;
}

static mode_t mode_of(int flags, va_list more) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; }

#define OPENS(name)                                               \
    int name(const char *path, int flags, ...) {                  \
        va_list more;                                             \
        va_start(more, flags);                                    \
        mode_t access = mode_of(flags, more);                     \
        va_end(more);                                             \
        if (opens(AT_FDCWD, path, flags)) return -1;              \
        return REAL(name)(path, flags, access);                   \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                            \
    int name(int dir, const char *path, int flags, ...) {         \
        va_list more;                                             \
        va_start(more, flags);                                    \
        mode_t access = mode_of(flags, more);                     \
        va_end(more);                                             \
        if (opens(dir, path, flags)) return -1;                   \
        return REAL(name)(dir, path, flags, access);              \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

int rename(const char *old, const char *new) {
    char buffer[PATH_MAX], other[PATH_MAX];
    const char *from = path_at(AT_FDCWD, old, buffer), *to = path_at(AT_FDCWD, new, other);
    if (fails(RENAME, to)) return -1;
    if (is_below(to)) note('r', to, 0, from, strlen(from));
    return REAL(rename)(old, new);
}

int unlink(const char *name) {
    char buffer[PATH_MAX];
    const char *path = path_at(AT_FDCWD, name, buffer);
    if (fails(RENAME, path)) return -1;
    if (is_below(path)) note('u', path, 0, "", 0);
    return REAL(unlink)(name);
}
