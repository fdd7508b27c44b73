//! Reading the files that a run needs beside what it scans.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// No configuration and no baseline is larger.
const LIMIT: u64 = 64 << 20;

/// The bytes of a file, or why there are none.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LIMIT { Err("it is larger than 64 MiB".to_owned()) } else { Ok(bytes) }
}
