//! Runs a command as a whole process and accounts for it as the operating system does.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

/// Medians over several runs.
pub struct Measured {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of processor time, user and system.
    pub cpu: f64,
    /// Largest resident set, in MiB.
    pub memory: f64,
}

/// A command that takes so many seconds is slow, and runs so many times.
const SLOW: f64 = 2.0;
const TIMES_IF_SLOW: usize = 3;

/// Runs commands in turn, once to warm up and then `runs` times that count, so that a machine that slows down slows
/// all of them. Slow ones follow, fewer times: what comes after one finds a machine that has paused.
pub fn in_turn(commands: &[Vec<String>], runs: usize) -> Result<Vec<Measured>, String> {
    let mut all =
        commands.iter().map(|command| Ok(vec![once(command)?])).collect::<Result<Vec<_>, String>>()?;
    for (slow, times) in [(false, runs.max(1)), (true, runs.clamp(1, TIMES_IF_SLOW))] {
        for _ in 0..times {
            for (command, measured) in commands.iter().zip(&mut all) {
                if measured.first().is_some_and(|warm| (warm.wall >= SLOW) == slow) {
                    measured.push(once(command)?);
                }
            }
        }
    }
    Ok(all.into_iter().map(|measured| Measured::median(measured.get(1..).unwrap_or(&[]))).collect())
}

impl Measured {
    fn median(all: &[Measured]) -> Measured {
        let median = |pick: fn(&Measured) -> f64| {
            let mut values: Vec<f64> = all.iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
        };
        Measured {
            wall: median(|one| one.wall),
            cpu: median(|one| one.cpu),
            memory: median(|one| one.memory),
        }
    }
}

fn once(command: &[String]) -> Result<Measured, String> {
    let start = Instant::now();
    let mut child = spawn(command)?;
    discard(&mut child)?;
    let used = child.wait4().map_err(|error| format!("{}: {error}", command.join(" ")))?.rusage;
    Ok(Measured {
        wall: start.elapsed().as_secs_f64(),
        cpu: (used.utime + used.stime).as_secs_f64(),
        memory: used.maxrss as f64 / (1024.0 * 1024.0),
    })
}

/// What a command prints. Its exit code is not ours to judge: scanners exit with 1 on findings.
pub fn output(command: &[String]) -> Result<Vec<u8>, String> {
    let mut child = spawn(command)?;
    let text = drain(&mut child)?;
    child.wait().map_err(|error| error.to_string())?;
    Ok(text)
}

fn spawn(command: &[String]) -> Result<std::process::Child, String> {
    let (program, arguments) = command.split_first().ok_or("an empty command")?;
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))
}

/// Reads what a command prints and keeps nothing: what keeping it takes is not the command's time.
fn discard(child: &mut std::process::Child) -> Result<(), String> {
    let mut buffer = vec![0; 1 << 16];
    if let Some(out) = &mut child.stdout {
        while out.read(&mut buffer).map_err(|error| error.to_string())? > 0 {}
    }
    Ok(())
}

fn drain(child: &mut std::process::Child) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    if let Some(out) = &mut child.stdout {
        out.read_to_end(&mut text).map_err(|error| error.to_string())?;
    }
    Ok(text)
}
