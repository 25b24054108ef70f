/*
 * The walls a child builds around itself before it looks at any byte from outside.
 *
 * Limits (setrlimit), an empty network namespace, no privileges, no capabilities, a seccomp filter, and
 * for ffmpeg Landlock. A decoder's filter lists what it may call; a launcher's what it may not, since
 * it becomes ffmpeg. Sanitizers need address space, so their builds do without that one limit.
 * Must not know: what is decoded. Read next: docs/decisions/0003-media.md.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "core/media/sandbox.h"

#define MEGABYTE UINT64_C(1048576)

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void refused(const char *wall)
{
    log_write(LOG_WARNING, "media.wall_missing", "wall=%s errno=%d reason=\"%s\"", wall, errno,
              strerror(errno));
}

static void limit(__rlimit_resource_t what, uint64_t most, const char *name)
{
    struct rlimit now;
    if (getrlimit(what, &now) == 0 && now.rlim_max < most)
        most = now.rlim_max;
    struct rlimit wanted = {.rlim_cur = most, .rlim_max = most};
    if (setrlimit(what, &wanted) != 0)
        refused(name);
}

void lockdown_limits(void)
{
    if (!SANITIZED)
        limit(RLIMIT_AS, 1536 * MEGABYTE, "memory");
    limit(RLIMIT_CORE, 0, "core");
    limit(RLIMIT_NOFILE, 64, "files");
    limit(RLIMIT_FSIZE, 256 * MEGABYTE, "file_size");
    limit(RLIMIT_CPU, 3600, "cpu");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        refused("privileges");
}

static void drop_capabilities(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}, {0}};
    if (syscall(SYS_capset, &head, none) != 0)
        refused("capabilities");
}

void lockdown_network(void)
{
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        refused("network_namespace");
    drop_capabilities();
}

static bool add_rules(scmp_filter_ctx filter, uint32_t action, const char *const *names)
{
    bool fine = true;
    for (; *names; names++) {
        int number = seccomp_syscall_resolve_name(*names);
        if (number == __NR_SCMP_ERROR)
            continue; /* a call this machine's headers have no number for can't be made by name */
        fine = seccomp_rule_add(filter, action, number, 0) == 0 && fine;
    }
    return fine;
}

/* Threads yes, new namespaces no. clone3 hides its flags behind a pointer, so it is "not there" and
 * the C library falls back on clone. */
static bool add_clone(scmp_filter_ctx filter, uint32_t allow)
{
    const uint64_t spaces = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID |
                            CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
    bool fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    if (allow)
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                SCMP_A0(SCMP_CMP_MASKED_EQ, spaces, 0)) == 0 &&
               fine;
    for (uint64_t bit = 1; bit <= spaces && bit; bit <<= 1)
        if (spaces & bit)
            fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                    SCMP_A0(SCMP_CMP_MASKED_EQ, bit, bit)) == 0 &&
                   fine;
    return fine;
}

/* What decoding needs on descriptors it was handed, memory and threads. No call opens, connects,
 * starts or inspects anything. */
static const char *const decoder_calls[] = {"read",
                                            "readv",
                                            "pread64",
                                            "write",
                                            "writev",
                                            "pwrite64",
                                            "lseek",
                                            "close",
                                            "fstat",
                                            "ftruncate",
                                            "fcntl",
                                            "recvmsg",
                                            "sendmsg",
                                            "poll",
                                            "ppoll",
                                            "mmap",
                                            "munmap",
                                            "mremap",
                                            "madvise",
                                            "mprotect",
                                            "brk",
                                            "futex",
                                            "exit",
                                            "exit_group",
                                            "rt_sigaction",
                                            "rt_sigprocmask",
                                            "rt_sigreturn",
                                            "sigaltstack",
                                            "sched_yield",
                                            "sched_getaffinity",
                                            "getpid",
                                            "gettid",
                                            "tgkill",
                                            "clock_gettime",
                                            "clock_nanosleep",
                                            "nanosleep",
                                            "gettimeofday",
                                            "time",
                                            "getrandom",
                                            "rseq",
                                            "set_robust_list",
                                            "set_tid_address",
                                            "sysinfo",
                                            "getrusage",
                                            "restart_syscall",
                                            "getcpu",
                                            "membarrier",
                                            NULL};

/* What ffmpeg never needs and an attacker would want. */
static const char *const launcher_refused[] = {"socket",
                                               "socketpair",
                                               "connect",
                                               "bind",
                                               "listen",
                                               "accept",
                                               "accept4",
                                               "ptrace",
                                               "process_vm_readv",
                                               "process_vm_writev",
                                               "process_madvise",
                                               "pidfd_getfd",
                                               "mount",
                                               "umount2",
                                               "move_mount",
                                               "open_tree",
                                               "fsopen",
                                               "fsmount",
                                               "pivot_root",
                                               "chroot",
                                               "unshare",
                                               "setns",
                                               "bpf",
                                               "perf_event_open",
                                               "keyctl",
                                               "add_key",
                                               "request_key",
                                               "io_uring_setup",
                                               "io_uring_enter",
                                               "io_uring_register",
                                               "userfaultfd",
                                               "init_module",
                                               "finit_module",
                                               "delete_module",
                                               "kexec_load",
                                               "kexec_file_load",
                                               "open_by_handle_at",
                                               "reboot",
                                               "swapon",
                                               "swapoff",
                                               "acct",
                                               "settimeofday",
                                               "clock_settime",
                                               "adjtimex",
                                               "personality",
                                               "quotactl",
                                               "syslog",
                                               "msgget",
                                               "shmget",
                                               "semget",
                                               "mknod",
                                               "mknodat",
                                               "symlink",
                                               "symlinkat",
                                               "link",
                                               "linkat",
                                               "chmod",
                                               "fchmod",
                                               "fchmodat",
                                               "chown",
                                               "fchown",
                                               "fchownat",
                                               "lchown",
                                               NULL};

void lockdown_calls(enum wire_role role)
{
    bool decoder = role == ROLE_DECODER;
    scmp_filter_ctx filter = seccomp_init(decoder ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW);
    if (!filter) {
        refused("seccomp");
        return;
    }
    bool fine = decoder ? add_rules(filter, SCMP_ACT_ALLOW, decoder_calls)
                        : add_rules(filter, SCMP_ACT_ERRNO(EPERM), launcher_refused);
    fine = add_clone(filter, decoder) && fine;
    seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    int result = fine ? seccomp_load(filter) : -EINVAL;
    if (result != 0) {
        errno = -result;
        refused("seccomp");
    }
    seccomp_release(filter);
}

/* Allows `rights` below a file or folder; what does not exist needs no rule. */
static void allow_path(int rules, int file, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = file};
    if (file >= 0 &&
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
        refused("landlock_rule");
}

void lockdown_paths(int input, int output)
{
    static const char *const system[] = {"/usr",
                                         "/lib",
                                         "/lib64",
                                         "/bin",
                                         "/etc/ld.so.cache",
                                         "/etc/ld.so.preload",
                                         "/etc/alternatives"};
    const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE;
    const uint64_t running = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
    struct landlock_ruleset_attr handled = {
        .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                             LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                             LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                             LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                             LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                             LANDLOCK_ACCESS_FS_MAKE_SYM};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0) {
        refused("landlock");
        return;
    }
    for (size_t i = 0; i < sizeof system / sizeof *system; i++) {
        int place = open(system[i], O_PATH | O_CLOEXEC);
        allow_path(rules, place, i < 4 ? running : reading);
        if (place >= 0)
            close(place);
    }
    int random = open("/dev/urandom", O_PATH | O_CLOEXEC);
    allow_path(rules, random, reading);
    allow_path(rules, input, reading);
    allow_path(rules, output, reading | LANDLOCK_ACCESS_FS_WRITE_FILE);
    if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        refused("landlock");
    if (random >= 0)
        close(random);
    close(rules);
}
