//! What the system lets a worker process take.

/// Whether this system can limit the memory and CPU time of a process.
pub const CAN_LIMIT: bool = cfg!(unix);

/// Limits the memory of this process, in MiB; a crash of it leaves no image of the memory.
#[cfg(unix)]
pub(crate) fn memory(mib: u64) -> std::io::Result<()> {
    set(rustix::process::Resource::As, mib << 20)?;
    set(rustix::process::Resource::Core, 0)
}

/// Limits the CPU time of this process to so many seconds from now on.
#[cfg(unix)]
pub(crate) fn cpu(seconds: u64) -> std::io::Result<()> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    set(rustix::process::Resource::Cpu, used.unsigned_abs() + seconds + 1)
}

/// Sets the soft limit; the hard one stays, so that the next file may have as much.
#[cfg(unix)]
fn set(resource: rustix::process::Resource, limit: u64) -> std::io::Result<()> {
    let maximum = rustix::process::getrlimit(resource).maximum;
    let current = Some(maximum.map_or(limit, |m| m.min(limit)));
    Ok(rustix::process::setrlimit(resource, rustix::process::Rlimit { current, maximum })?)
}

#[cfg(not(unix))]
pub(crate) fn memory(_: u64) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn cpu(_: u64) -> std::io::Result<()> {
    Ok(())
}
