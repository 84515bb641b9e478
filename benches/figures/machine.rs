//! What is measured on: figures of another machine cannot be compared with these.

use crate::Result;
use crate::load::{Load, now};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// The machine and the source, a line each.
pub fn facts(folder: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let memory = megabytes("/proc/meminfo", "MemTotal")? / 1000.0;
    let busy = fs::read_to_string("/proc/loadavg")?;
    let busy = busy.split(' ').next().unwrap_or_default();
    let disk = fsync(folder)?;
    let folder = folder.display();
    let source = source();
    Ok(format!(
        "Cores   {cores}, load average {busy} at the start\n\
         Memory  {memory:.1} GB\n\
         Disk    fsync of 4 KB: p50 {:.2} ms, p99 {:.2} ms (200 in {folder})\n\
         Source  {source}",
        disk.p50, disk.p99
    ))
}

/// A figure of a file in /proc, which counts in units of 1024 bytes, in MB.
pub fn megabytes(file: &str, key: &str) -> Result<f64> {
    let text = fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let value = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).ok_or_else(|| format!("{file} has no {key}"))?;
    let units = value.trim().trim_end_matches(" kB").parse::<f64>().map_err(|e| format!("{file}, {key}: {e}"))?;
    Ok(units * 1024.0 / 1e6)
}

/// How long the disk under a folder takes to keep what it was given.
fn fsync(folder: &Path) -> Result<Load> {
    let mut file = File::create(folder.join("fsync"))?;
    let mut spans = Vec::new();
    for _ in 0..200 {
        let asked = now();
        file.write_all(&[0; 4096])?;
        file.sync_all()?;
        spans.push((asked, now()));
    }
    Ok(Load::of(&spans))
}

/// The commit, and whether anything differs from it.
fn source() -> String {
    match Command::new("git").args(["describe", "--always", "--dirty", "--exclude=*"]).output() {
        Ok(told) if told.status.success() => String::from_utf8_lossy(&told.stdout).trim().to_owned(),
        Ok(told) => format!("unknown: {}", String::from_utf8_lossy(&told.stderr).trim()),
        Err(cause) => format!("unknown: git: {cause}"),
    }
}
