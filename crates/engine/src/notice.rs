//! What a person should know besides findings and coverage.

/// A remark about the run itself: a waiver that expired, a setting that did nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    pub kind: NoticeKind,
    pub file: String,
    /// From 1; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// One plain line, and what to do.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// A waiver whose last day has passed: its findings count again.
    WaiverExpired,
    /// A waiver that matched nothing.
    WaiverUnused,
    /// A waiver that cannot be read, or lacks its reason, owner or expiry: it waives nothing.
    WaiverInvalid,
}

impl NoticeKind {
    pub const fn name(self) -> &'static str {
        match self {
            NoticeKind::WaiverExpired => "waiver-expired",
            NoticeKind::WaiverUnused => "waiver-unused",
            NoticeKind::WaiverInvalid => "waiver-invalid",
        }
    }
}
