//! What parses foreign bytes gives up its rights before the first of them: a document that takes its process over has
//! taken a process that can open, connect to and start nothing. Where the kernel lacks a part, the work goes on without,
//! and `seisho doctor` and `run.json` say so.

use super::limits;
use crate::options::Bounds;
use seisho_model::output::Confinement;
use seisho_pipeline::Needs;
use std::fs::File;
use std::path::Path;

/// Gives up all that reading documents does not need. It cannot be taken back, and holds for every thread of the process.
#[cfg(target_os = "linux")]
pub(crate) fn confine(needs: &Needs) -> Confinement {
    // A thread that is there already would keep its rights to files.
    let is_alone = std::fs::read_dir("/proc/self/task").is_ok_and(|tasks| tasks.count() == 1);
    linux::give_up_powers();
    // What is said is what Landlock and seccomp do; limits are set beside them where they can be.
    let _ = limits::files(!needs.is_a_program);
    let files = linux::give_up_files(needs).unwrap_or(false) && is_alone;
    let calls = linux::give_up_calls(needs, files).is_ok();
    Confinement { files, network: calls, processes: calls && !needs.is_a_program }
}

/// Other systems have other means, which are not used yet.
#[cfg(not(target_os = "linux"))]
pub(crate) fn confine(needs: &Needs) -> Confinement {
    let _ = limits::files(!needs.is_a_program);
    Confinement::default()
}

#[cfg(target_os = "linux")]
mod linux {
    use super::Needs;
    use landlock::{
        ABI, Access, AccessFs, AccessNet, BitFlags, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
        path_beneath_rules,
    };
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, apply_filter_all_threads,
        sock_filter,
    };
    use std::collections::BTreeMap;

    type Fault = Box<dyn std::error::Error>;

    /// What a kernel knows of these is used; an older one knows less.
    const NEWEST: ABI = ABI::V6;
    /// Where a program and its libraries are, for a Tesseract that is one.
    const SYSTEM: [&str; 6] = ["/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/opt"];

    /// What the administrator may do beyond others: nothing here needs it, and limits would be none.
    pub(super) fn give_up_powers() {
        let none = rustix::thread::CapabilitySet::empty();
        let sets = rustix::thread::CapabilitySets { effective: none, permitted: none, inheritable: none };
        // Where they cannot be given up there are none, or the rest holds without.
        let _ = rustix::thread::set_capabilities(None, sets);
    }

    /// Files, sockets of programs beside this one, and, where the kernel knows of them, connections: by Landlock. Whether
    /// files are out of reach.
    pub(super) fn give_up_files(needs: &Needs) -> Result<bool, RulesetError> {
        let read: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::ReadDir;
        let rules = Ruleset::default()
            .handle_access(AccessFs::from_all(NEWEST))?
            .handle_access(AccessNet::from_all(NEWEST))?
            .scope(Scope::from_all(NEWEST))?
            .create()?
            .add_rules(path_beneath_rules(&needs.folders, read))?
            // The messages of Tesseract go there.
            .add_rules(path_beneath_rules(["/dev/null"], AccessFs::WriteFile | AccessFs::ReadFile))?;
        let rules = match needs.is_a_program {
            true => rules.add_rules(path_beneath_rules(SYSTEM, AccessFs::from_read(NEWEST)))?,
            false => rules,
        };
        Ok(rules.restrict_self()?.ruleset != RulesetStatus::NotEnforced)
    }

    /// Calls by which a process reaches others: by seccomp. Without Landlock nothing is opened to be written, either.
    pub(super) fn give_up_calls(needs: &Needs, files_are_gone: bool) -> Result<(), Fault> {
        install(&numbers_of_another_kind())?;
        // Libraries ask for these first and go on with the older ones.
        install(&filter(libc::ENOSYS, [libc::SYS_clone3, libc::SYS_openat2, libc::SYS_io_uring_setup].map(|call| (call, Vec::new())))?)?;
        let mut refused: BTreeMap<i64, Vec<SeccompRule>> = others().into_iter().map(|call| (call, Vec::new())).collect();
        let this = u64::from(std::process::id());
        for call in [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo] {
            refused.insert(call, vec![rule(0, SeccompCmpOp::Ne, this)?]);
        }
        // The limits of another process; its own can only be lowered.
        let of_another = |value| SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, value);
        refused.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![of_another(0)?, of_another(this)?])?]);
        if !needs.is_a_program {
            refused.extend(starting().into_iter().map(|call| (call, Vec::new())));
            // A clone that is no thread of this process.
            let thread = libc::CLONE_THREAD as u64;
            refused.insert(libc::SYS_clone, vec![rule(0, SeccompCmpOp::MaskedEq(thread), 0)?]);
        }
        if !files_are_gone {
            let (mode, made) = (libc::O_ACCMODE as u64, (libc::O_CREAT | libc::O_TRUNC) as u64);
            let writes = |at| -> Result<Vec<SeccompRule>, Fault> {
                let of = |mask, value| rule(at, SeccompCmpOp::MaskedEq(mask), value);
                Ok(vec![
                    of(mode, libc::O_WRONLY as u64)?,
                    of(mode, libc::O_RDWR as u64)?,
                    of(made & libc::O_CREAT as u64, made & libc::O_CREAT as u64)?,
                ])
            };
            refused.insert(libc::SYS_openat, writes(2)?);
            #[cfg(target_arch = "x86_64")]
            refused.extend([(libc::SYS_open, writes(1)?), (libc::SYS_creat, Vec::new())]);
        }
        install(&filter(libc::EPERM, refused)?)
    }

    fn rule(argument: u8, how: SeccompCmpOp, value: u64) -> Result<SeccompRule, Fault> {
        Ok(SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value)?])?)
    }

    /// These calls fail with an error; all others are as they were.
    fn filter(error: i32, calls: impl IntoIterator<Item = (i64, Vec<SeccompRule>)>) -> Result<BpfProgram, Fault> {
        let arch = std::env::consts::ARCH.try_into()?;
        let refuse = SeccompAction::Errno(error.unsigned_abs());
        Ok(SeccompFilter::new(calls.into_iter().collect(), SeccompAction::Allow, refuse, arch)?.try_into()?)
    }

    fn install(program: &BpfProgram) -> Result<(), Fault> {
        Ok(apply_filter_all_threads(program)?)
    }

    /// On x86-64 every call has a second number, which rules for the first do not name: whoever uses one is ended.
    fn numbers_of_another_kind() -> BpfProgram {
        const SECOND: u32 = 0x4000_0000;
        let (load, jump, end) = (
            (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16,
            (libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K) as u16,
            (libc::BPF_RET | libc::BPF_K) as u16,
        );
        vec![
            sock_filter { code: load, jt: 0, jf: 0, k: 0 },
            sock_filter { code: jump, jt: 0, jf: 1, k: SECOND },
            sock_filter { code: end, jt: 0, jf: 0, k: libc::SECCOMP_RET_KILL_PROCESS },
            sock_filter { code: end, jt: 0, jf: 0, k: libc::SECCOMP_RET_ALLOW },
        ]
    }

    /// Other programs and other processes.
    fn starting() -> Vec<i64> {
        let mut calls = vec![libc::SYS_execve, libc::SYS_execveat];
        #[cfg(target_arch = "x86_64")]
        calls.extend([libc::SYS_fork, libc::SYS_vfork]);
        calls
    }

    /// What reaches beyond this process, and what changes names and rights of files, which Landlock leaves alone.
    const OTHERS: &[i64] = &[
        // Connections.
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_recvfrom,
        libc::SYS_recvmsg,
        libc::SYS_recvmmsg,
        // Other processes and what is kept in common.
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_process_madvise,
        libc::SYS_pidfd_open,
        libc::SYS_pidfd_getfd,
        libc::SYS_pidfd_send_signal,
        libc::SYS_kcmp,
        libc::SYS_tkill,
        libc::SYS_shmget,
        libc::SYS_shmat,
        libc::SYS_msgget,
        libc::SYS_semget,
        libc::SYS_mq_open,
        libc::SYS_mq_unlink,
        // The kernel.
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_enter,
        libc::SYS_io_uring_register,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_keyctl,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_swapon,
        libc::SYS_swapoff,
        libc::SYS_acct,
        libc::SYS_quotactl,
        libc::SYS_settimeofday,
        libc::SYS_clock_settime,
        libc::SYS_clock_adjtime,
        libc::SYS_sethostname,
        libc::SYS_setdomainname,
        libc::SYS_personality,
        // Where it is and who it is.
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_chroot,
        libc::SYS_pivot_root,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_open_tree,
        libc::SYS_move_mount,
        libc::SYS_fsopen,
        libc::SYS_fsconfig,
        libc::SYS_fsmount,
        libc::SYS_fspick,
        libc::SYS_setuid,
        libc::SYS_setgid,
        libc::SYS_setreuid,
        libc::SYS_setregid,
        libc::SYS_setresuid,
        libc::SYS_setresgid,
        libc::SYS_setfsuid,
        libc::SYS_setfsgid,
        libc::SYS_setgroups,
        libc::SYS_capset,
        // Files, but for opening them.
        libc::SYS_open_by_handle_at,
        libc::SYS_name_to_handle_at,
        libc::SYS_fanotify_init,
        libc::SYS_inotify_add_watch,
        libc::SYS_truncate,
        libc::SYS_unlinkat,
        libc::SYS_renameat2,
        libc::SYS_linkat,
        libc::SYS_symlinkat,
        libc::SYS_mkdirat,
        libc::SYS_mknodat,
        libc::SYS_fchmod,
        libc::SYS_fchmodat,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_utimensat,
        libc::SYS_setxattr,
        libc::SYS_lsetxattr,
        libc::SYS_fsetxattr,
        libc::SYS_removexattr,
        libc::SYS_lremovexattr,
        libc::SYS_fremovexattr,
    ];
    /// The same under the older numbers of one kind of processor.
    #[cfg(target_arch = "x86_64")]
    const OLDER: &[i64] = &[
        libc::SYS_unlink,
        libc::SYS_rename,
        libc::SYS_renameat,
        libc::SYS_link,
        libc::SYS_symlink,
        libc::SYS_mkdir,
        libc::SYS_rmdir,
        libc::SYS_mknod,
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_lchown,
        libc::SYS_utime,
        libc::SYS_utimes,
        libc::SYS_futimesat,
        libc::SYS_ioperm,
        libc::SYS_iopl,
        libc::SYS_modify_ldt,
        libc::SYS_uselib,
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const OLDER: &[i64] = &[];

    fn others() -> Vec<i64> {
        [OTHERS, OLDER].concat()
    }
}

/// A file of the caller that a deed may be tried on: where it is, and a handle that could write to it.
struct Victim<'v> {
    at: &'v Path,
    open: File,
}

/// A deed that a confined process tries.
type Deed = (&'static str, fn(&Victim<'_>) -> std::io::Result<()>);

/// Gives up the rights as a worker process does, then tries what a document that has taken it over would like to do: each
/// deed by its name, and whether it was refused. `victim` is a file of the caller, in a folder of its own.
///
/// # Errors
/// When that file cannot be opened.
pub fn probe(victim: &Path) -> std::io::Result<(Confinement, Vec<(&'static str, bool)>)> {
    use std::fs;
    let deeds: [Deed; 16] = [
        ("read a file", |v| File::open(v.at).map(drop)),
        ("list a folder", |v| fs::read_dir(v.at.parent().unwrap_or(v.at)).map(drop)),
        ("write to a file", |v| File::options().append(true).open(v.at).map(drop)),
        ("make a file", |v| File::create_new(v.at.with_extension("new")).map(drop)),
        ("remove a file", |v| fs::remove_file(v.at)),
        ("rename a file", |v| fs::rename(v.at, v.at.with_extension("moved"))),
        ("change a file's rights", |v| fs::set_permissions(v.at, fs::metadata(v.at)?.permissions())),
        ("open a TCP connection", |_| std::net::TcpListener::bind("127.0.0.1:0").map(drop)),
        ("open a UDP socket", |_| std::net::UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("open a socket of the system", |v| socket(&v.at.with_extension("socket"))),
        ("start a program", |_| std::process::Command::new("/bin/true").status().map(drop)),
        ("signal another process", |_| signal_parent()),
        ("hold many files open (limit)", |v| (0..100).map(|_| v.open.try_clone()).collect::<Result<Vec<_>, _>>().map(drop)),
        ("make a file longer by its handle (limit)", |v| std::io::Write::write_all(&mut &v.open, b"x")),
        ("raise a limit", |_| raise()),
        ("change the limits of another process", |_| limit_parent()),
    ];
    let victim = Victim { at: victim, open: File::options().append(true).open(victim)? };
    limits::memory(Bounds::default().max_memory)?;
    let confinement = confine(&Needs::default());
    let refused = |(name, deed): Deed| (name, deed(&victim).is_err());
    Ok((confinement, deeds.into_iter().map(refused).collect()))
}

/// Refused where none of them can be raised.
#[cfg(unix)]
fn raise() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let to = |resource, more| setrlimit(resource, Rlimit { current: Some(more), maximum: Some(more) });
    let tried = [to(Resource::Nofile, 4 * limits::OPEN_FILES), to(Resource::Fsize, 1 << 20), to(Resource::As, 1 << 45)];
    tried.into_iter().find(Result::is_ok).unwrap_or(Err(rustix::io::Errno::PERM)).map_err(Into::into)
}

#[cfg(target_os = "linux")]
fn limit_parent() -> std::io::Result<()> {
    use rustix::process::{Resource, getppid, getrlimit, prlimit};
    // To what it has: whoever may do this may do more.
    prlimit(getppid(), Resource::Core, getrlimit(Resource::Core)).map(drop).map_err(Into::into)
}

#[cfg(not(target_os = "linux"))]
fn limit_parent() -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn raise() -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn socket(at: &Path) -> std::io::Result<()> {
    std::os::unix::net::UnixListener::bind(at).map(drop)
}

#[cfg(unix)]
fn signal_parent() -> std::io::Result<()> {
    let parent = rustix::process::getppid().ok_or(std::io::ErrorKind::NotFound)?;
    Ok(rustix::process::test_kill_process(parent)?)
}

#[cfg(not(unix))]
fn socket(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn signal_parent() -> std::io::Result<()> {
    Ok(())
}
