//! From a file to its documents.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use plimsoll_doc::{Document, ErrorKind, Limits, ParseError, Reader, SourceFile, Value};
use plimsoll_engine::Incomplete;

use crate::walk::{Candidate, Via};
use crate::{name, room};

/// How far into a file a NUL byte is looked for, as git does it.
const BINARY: usize = 8000;

/// What came of one input.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// 1, or 0 where nothing was read.
    pub files: usize,
    pub documents: Vec<Document>,
    pub incomplete: Vec<Incomplete>,
}

impl Parsed {
    /// Nothing was read, for a reason.
    pub fn failed(file: &str, reason: impl Into<String>) -> Parsed {
        let incomplete = vec![Incomplete { file: file.to_owned(), line: None, reason: reason.into() }];
        Parsed { incomplete, ..Parsed::default() }
    }

    pub fn extend(&mut self, other: Parsed) {
        self.files += other.files;
        self.documents.extend(other.documents);
        self.incomplete.extend(other.incomplete);
    }
}

/// Reads a file that was found.
pub(crate) fn read(candidate: &Candidate, reader: &Reader, stdin: &mut dyn Read) -> Parsed {
    let Some(place) = &candidate.file else {
        return match bounded(stdin, 0, reader.limits()) {
            Ok(bytes) => take(candidate, bytes, reader),
            Err(reason) => Parsed::failed(&candidate.name, reason),
        };
    };
    match open(&place.path, reader.limits()) {
        Ok(bytes) => take(candidate, bytes, reader),
        Err(reason) => Parsed::failed(&candidate.name, reason),
    }
}

/// The bytes of a file, or why there are none.
pub(crate) fn open(path: &Path, limits: &Limits) -> Result<Bytes, String> {
    let (mut file, metadata) = open_at_once(path).map_err(|error| reason(&error))?;
    let size = metadata.len();
    if size > limits.bytes as u64 {
        return Err(too_large(limits));
    }
    let bytes = match size as usize {
        size if metadata.is_file() && size > 0 => whole(&mut file, size).map_err(|error| reason(&error))?,
        size => bounded(&mut file, size, limits)?,
    };
    if bytes.is_empty() && is_pipe(&metadata) {
        return Err("a pipe that nobody writes to; start its writer first".to_owned());
    }
    Ok(bytes)
}

/// Opens a file without waiting for anybody: a named pipe that has no writer is read as empty.
#[cfg(unix)]
fn open_at_once(path: &Path) -> io::Result<(File, Metadata)> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::{OFlags, fcntl_setfl};

    let wait_not = OFlags::NONBLOCK.bits().cast_signed();
    let file = File::options().read(true).custom_flags(wait_not).open(path)?;
    let metadata = file.metadata()?;
    if is_pipe(&metadata) {
        // Whoever writes to it may take their time.
        fcntl_setfl(&file, OFlags::empty())?;
    }
    Ok((file, metadata))
}

#[cfg(not(unix))]
fn open_at_once(path: &Path) -> io::Result<(File, Metadata)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    Ok((file, metadata))
}

#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

/// Reads a file that had this size when it was opened, without asking for an end that is known.
fn whole(file: &mut File, size: usize) -> io::Result<Bytes> {
    let Some(mut bytes) = room::of(size) else {
        let mut bytes = Vec::with_capacity(size);
        file.take(size as u64).read_to_end(&mut bytes)?;
        return Ok(bytes.into());
    };
    let mut read = 0;
    while let Some(rest @ [_, ..]) = bytes.get_mut(read..) {
        match file.read(rest) {
            // Somebody has cut it off meanwhile.
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(read);
    Ok(bytes.freeze())
}

/// Reads to the end, which is expected at a size, and no further than the limit.
fn bounded(input: &mut dyn Read, size: usize, limits: &Limits) -> Result<Bytes, String> {
    let mut bytes = Vec::with_capacity(size);
    let limit = (limits.bytes as u64).saturating_add(1);
    input.take(limit).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() > limits.bytes { Err(too_large(limits)) } else { Ok(bytes.into()) }
}

/// Documents of the bytes of a file.
fn take(candidate: &Candidate, bytes: Bytes, reader: &Reader) -> Parsed {
    let path = Path::new(&candidate.name);
    if is_binary(&bytes) {
        return if matches!(candidate.via, Via::Named | Via::Matched) || !name::is_json(path) {
            Parsed::failed(&candidate.name, "binary data, not text; exclude it or give it another name")
        } else {
            Parsed { files: 1, ..Parsed::default() }
        };
    }
    let standing = match candidate.via {
        Via::Walked if name::is_json(path) => Standing::Chance,
        Via::Beside => Standing::Chance,
        Via::Named | Via::Matched | Via::Walked => Standing::Meant,
    };
    let mut parsed = text(SourceFile::of(candidate.name.as_str(), bytes), reader, standing);
    if candidate.via == Via::Beside {
        parsed.documents.retain(|document| is_object(document.root()));
    }
    parsed
}

/// What a text that cannot be read is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It was to be a manifest.
    Meant,
    /// It was to be one if it speaks of objects: `tsconfig.json` has comments, and is nobody's manifest.
    Chance,
    /// It was rendered, so braces in it are no template's.
    Rendered,
}

/// Documents of a text, and what of it cannot be read.
pub(crate) fn text(file: SourceFile, reader: &Reader, standing: Standing) -> Parsed {
    let file = Arc::new(file);
    let mut parsed = Parsed { files: 1, ..Parsed::default() };
    let passed_over = standing == Standing::Chance && !speaks_of_objects(file.text());
    for entry in reader.parse(&file) {
        match entry {
            Ok(document) => parsed.documents.push(document),
            Err(_) if passed_over => {}
            Err(error) => parsed.incomplete.push(Incomplete {
                file: file.name().to_owned(),
                line: Some(error.position.line),
                reason: because(error, standing),
            }),
        }
    }
    parsed
}

/// Why a document cannot be read, for people.
fn because(error: ParseError, standing: Standing) -> String {
    match (error.kind, standing) {
        (ErrorKind::Template, Standing::Rendered) => {
            format!("rendered, and still with braces in it: {}", error.message)
        }
        (ErrorKind::Template, _) => {
            "a template that has not been rendered; scan its chart's directory, or what it renders to"
                .to_owned()
        }
        _ => error.message,
    }
}

/// Whether a value says what object it is.
pub(crate) fn is_object(value: Value<'_>) -> bool {
    value.get("apiVersion").is_some() && value.get("kind").is_some()
}

fn speaks_of_objects(text: &str) -> bool {
    ["apiVersion", "kind"].iter().all(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// A NUL near the beginning, and not because the text is in UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    !wide && memchr::memchr(0, bytes.get(..BINARY).unwrap_or(bytes)).is_some()
}

fn too_large(limits: &Limits) -> String {
    format!("larger than {}, so it was not read; split it or exclude it", size(limits.bytes))
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

/// Why a file or directory could not be read, for people.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "no permission to read it; change its mode or exclude it".to_owned()
        }
        io::ErrorKind::NotFound => {
            "a link to something that is not there, or removed since it was found".to_owned()
        }
        io::ErrorKind::IsADirectory => "a directory where a file was expected".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
