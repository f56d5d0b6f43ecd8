//! What the system lets a worker process take.

/// Whether this system can limit the memory and CPU time of a process.
pub const CAN_LIMIT: bool = cfg!(unix);

/// Files that a confined process may have open at a time: its three pipes, Tesseract's data and some to spare.
#[cfg(unix)]
pub(crate) const OPEN_FILES: u64 = 64;

/// Limits the memory of this process for good, in MiB; a crash of it leaves no image of the memory.
#[cfg(unix)]
pub(crate) fn memory(mib: u64) -> std::io::Result<()> {
    for_good(rustix::process::Resource::As, mib << 20)?;
    for_good(rustix::process::Resource::Core, 0)
}

/// Limits for good how many files this process has open, and, unless it starts programs, that it makes none longer,
/// whichever handle it was given. A limit for processes counts threads too, and those of all programs of the user: what
/// starts processes is refused by other means.
#[cfg(unix)]
pub(crate) fn files(writes_none: bool) -> std::io::Result<()> {
    for_good(rustix::process::Resource::Nofile, OPEN_FILES)?;
    if writes_none { for_good(rustix::process::Resource::Fsize, 0) } else { Ok(()) }
}

/// Limits the CPU time of this process to so many seconds from now on.
#[cfg(unix)]
pub(crate) fn cpu(seconds: u64) -> std::io::Result<()> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    set(rustix::process::Resource::Cpu, used.unsigned_abs() + seconds + 1)
}

/// This process ends when the one that started it does, even where that was killed.
#[cfg(target_os = "linux")]
pub(crate) fn end_with_parent() {
    // Without it, one that is busy ends with its document.
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn end_with_parent() {}

/// Sets the soft limit; the hard one stays, so that the next file may have as much. Who takes more than that is ended by the
/// clock of the run.
#[cfg(unix)]
fn set(resource: rustix::process::Resource, limit: u64) -> std::io::Result<()> {
    let maximum = rustix::process::getrlimit(resource).maximum;
    let current = Some(maximum.map_or(limit, |m| m.min(limit)));
    Ok(rustix::process::setrlimit(resource, rustix::process::Rlimit { current, maximum })?)
}

/// Sets both limits: it cannot be raised again.
#[cfg(unix)]
fn for_good(resource: rustix::process::Resource, limit: u64) -> std::io::Result<()> {
    let maximum = rustix::process::getrlimit(resource).maximum;
    let limit = Some(maximum.map_or(limit, |m| m.min(limit)));
    Ok(rustix::process::setrlimit(resource, rustix::process::Rlimit { current: limit, maximum: limit })?)
}

#[cfg(not(unix))]
pub(crate) fn files(_: bool) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn memory(_: u64) -> std::io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn cpu(_: u64) -> std::io::Result<()> {
    Ok(())
}
