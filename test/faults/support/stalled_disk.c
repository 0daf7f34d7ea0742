/*
 * A network file system that does not answer: while the file that STALL_FILE names is there, whoever opens, writes or syncs
 * something in STALL_FOLDER waits in that call, as it would for a server that is gone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static void wait_for_disk(const char *path) {
  const char *folder = getenv("STALL_FOLDER"), *file = getenv("STALL_FILE");
  if (!folder || !file || !path || strncmp(path, folder, strlen(folder)) != 0) return;
  while (access(file, F_OK) == 0) usleep(20000);
}

static void wait_for_file(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  wait_for_disk(path);
}

#define REAL(name, type, ...)                         \
  static type (*real)(__VA_ARGS__);                   \
  if (!real) real = dlsym(RTLD_NEXT, #name);

#define OPEN(name)                                    \
  int name(const char *path, int flags, ...) {        \
    va_list list;                                     \
    va_start(list, flags);                            \
    int mode = va_arg(list, int);                     \
    va_end(list);                                     \
    REAL(name, int, const char *, int, ...)           \
    wait_for_disk(path);                              \
    return real(path, flags, mode);                   \
  }

OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write, ssize_t, int, const void *, size_t)
  wait_for_file(fd);
  return real(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev, ssize_t, int, const struct iovec *, int)
  wait_for_file(fd);
  return real(fd, parts, count);
}

int fsync(int fd) {
  REAL(fsync, int, int)
  wait_for_file(fd);
  return real(fd);
}
