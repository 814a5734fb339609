/* A disk that fails, for tests: preloaded before a program, it stands before the calls that write.
 *
 * DISK_FOLDER  files below it are on the disk
 * DISK_BYTES   what the disk holds; a write beyond it fails with ENOSPC
 * DISK_EIO     the first N calls of fdatasync on a file of the name DISK_EIO_FILE fail with EIO
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long long used;
static int syncs;

static int add(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)path, (void)place;
    if (kind == FTW_F) used += status->st_size;
    return 0;
}

/* The path of an open file below the folder; 0 where it is none. */
static int path_of(int file, char *path) {
    char link[64];
    const char *folder = getenv("DISK_FOLDER");
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

ssize_t write(int file, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    char path[PATH_MAX];
    const char *limit = getenv("DISK_BYTES");
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (!limit || !path_of(file, path)) return real(file, bytes, count);
    pthread_mutex_lock(&lock);
    used = 0;
    nftw(getenv("DISK_FOLDER"), add, 16, FTW_PHYS);
    ssize_t written = -1;
    if (used + (long long)count <= atoll(limit)) written = real(file, bytes, count);
    else errno = ENOSPC;
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return written;
}

int fdatasync(int file) {
    static int (*real)(int);
    char path[PATH_MAX];
    const char *failing = getenv("DISK_EIO"), *name = getenv("DISK_EIO_FILE");
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (failing && name && path_of(file, path) && strstr(path, name) && __sync_add_and_fetch(&syncs, 1) <= atoi(failing)) {
        errno = EIO;
        return -1;
    }
    return real(file);
}
