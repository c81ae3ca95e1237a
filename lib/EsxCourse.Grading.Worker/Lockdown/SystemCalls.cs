namespace EsxCourse.Grading.Worker.Lockdown;

/// <summary>The system calls that student code may make, by their numbers on x64 Linux; all others fail with "not permitted".</summary>
/// <remarks>
/// The list was made from what the .NET runtime asks for after it has started (memory, threads, locks, reading, its own assemblies), then
/// cut until tests failed. What is not here: making processes, sockets, signals to others, tracing, mounting, namespaces, writing files.
/// Where a call is needed in one form only, <see cref="SeccompFilter"/> looks at its arguments.
/// </remarks>
internal static class SystemCalls
{
    public const uint Write = 1, Openat = 257, Clone = 56, Clone3 = 435, Seccomp = 317, Prctl = 157;

    /// <summary>Allowed whatever the arguments.</summary>
    public static readonly uint[] Allowed =
    [
        0,   // read
        1,   // write
        3,   // close
        4,   // stat
        5,   // fstat
        6,   // lstat
        7,   // poll
        8,   // lseek
        9,   // mmap
        10,  // mprotect
        11,  // munmap
        12,  // brk
        13,  // rt_sigaction
        14,  // rt_sigprocmask
        15,  // rt_sigreturn
        17,  // pread64
        18,  // pwrite64
        19,  // readv
        20,  // writev
        21,  // access
        24,  // sched_yield
        25,  // mremap
        26,  // msync
        27,  // mincore
        28,  // madvise
        32,  // dup
        35,  // nanosleep
        39,  // getpid
        60,  // exit
        72,  // fcntl
        79,  // getcwd
        89,  // readlink
        96,  // gettimeofday
        97,  // getrlimit
        98,  // getrusage
        99,  // sysinfo
        102, // getuid
        104, // getgid
        107, // geteuid
        108, // getegid
        131, // sigaltstack
        143, // sched_getparam
        145, // sched_getscheduler
        186, // gettid
        201, // time
        202, // futex
        203, // sched_setaffinity: the runtime gives every thread all processors
        204, // sched_getaffinity
        217, // getdents64
        218, // set_tid_address
        219, // restart_syscall
        228, // clock_gettime
        229, // clock_getres
        230, // clock_nanosleep
        231, // exit_group
        234, // tgkill: a runtime that suspends its own threads; the process namespace holds no other process than its own
        262, // newfstatat
        267, // readlinkat
        269, // faccessat
        273, // set_robust_list
        281, // epoll_pwait
        293, // pipe2: the runtime gives a new thread one
        302, // prlimit64: limits were set hard before, so they can only fall
        309, // getcpu
        318, // getrandom
        324, // membarrier
        332, // statx
        334, // rseq
        439, // faccessat2
    ];

    /// <summary>No honest submission gets here by accident: the process ends at once, and the report says so.</summary>
    public static readonly uint[] Deadly =
    [
        101, // ptrace
        161, // chroot
        165, // mount
        166, // umount2
        155, // pivot_root
        169, // reboot
        175, // init_module
        246, // kexec_load
        250, // keyctl
        272, // unshare
        298, // perf_event_open
        308, // setns
        310, // process_vm_readv
        311, // process_vm_writev
        321, // bpf
        323, // userfaultfd
        425, // io_uring_setup
        434, // pidfd_open
    ];
}
