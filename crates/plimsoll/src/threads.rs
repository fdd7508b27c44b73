//! The threads that work.

use std::sync::Once;

static STARTED: Once = Once::new();

/// Starts them, once. This thread is one of them, and has its memory in common with what it did as one. The others
/// come up while it goes on.
pub fn start() {
    STARTED.call_once(|| {
        if let Ok(pool) = rayon::ThreadPoolBuilder::new().use_current_thread().build() {
            // They end with the process.
            std::mem::forget(pool);
            #[cfg(target_os = "linux")]
            // Where it isn't allowed, they begin where the system put them.
            let _ = spread();
        }
    });
}

/// Has each of the other threads begin on a processor of its own. Linux takes the idle processors of a virtual
/// machine for busy ones, puts the threads on that of this one, and takes milliseconds to move them.
#[cfg(target_os = "linux")]
fn spread() -> std::io::Result<()> {
    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    let (this, here) = (gettid(), sched_getcpu());
    let allowed = sched_getaffinity(None)?;
    // The next ones, so that programs which run beside each other don't all take the first.
    let mut others = (here + 1..CpuSet::MAX_CPU).chain(0..here).filter(|&cpu| allowed.is_set(cpu));
    for task in std::fs::read_dir("/proc/self/task")? {
        let thread = task?.file_name().to_str().and_then(|name| Pid::from_raw(name.parse().ok()?));
        let Some(thread) = thread.filter(|&thread| thread != this) else { continue };
        let Some(cpu) = others.next() else { break };
        let mut alone = CpuSet::new();
        alone.set(cpu);
        sched_setaffinity(Some(thread), &alone)?;
        // It is there, and free to go.
        sched_setaffinity(Some(thread), &allowed)?;
    }
    Ok(())
}
