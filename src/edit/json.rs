//! The repair log as JSON, one segment a line: `docs/repairs.schema.json`.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};

use super::{Applicability, RepairLog, Segment, SegmentKind};
use crate::original::Digest;
use crate::span::Permille;

/// Version of the JSON form, raised when a reader of the old form would misread the new one.
pub const LOG_VERSION: u32 = 1;

impl RepairLog {
    /// The published JSON form (`docs/repairs.schema.json`), one segment a line.
    pub fn to_json(&self) -> String {
        let (source_bytes, target_bytes) = self.segments.last().map_or((0, 0), |s| (s.source.end, s.target.end));
        let mut json = format!(
            "{{\"version\":{LOG_VERSION},\n\"source\":{{\"sha256\":\"{}\",\"bytes\":{source_bytes}}},\n\"target\":{{\"sha256\":\"{}\",\"bytes\":{target_bytes}}},\n\"segments\":[",
            self.source.hex(),
            self.target.hex(),
        );
        for (i, segment) in self.segments.iter().enumerate() {
            json.push_str(if i == 0 { "\n" } else { ",\n" });
            // Strings and numbers only: serialising them cannot fail.
            json.push_str(&serde_json::to_string(&SegmentJson::from(segment)).unwrap_or_default());
        }
        json.push_str("\n]}\n");
        json
    }

    /// Reads the JSON form.
    ///
    /// # Errors
    /// Where it is not that form, or of a later version.
    pub fn from_json(json: &str) -> Result<Self, LogError> {
        let log: LogJson = serde_json::from_str(json)?;
        if log.version != LOG_VERSION {
            return Err(LogError::Version(log.version));
        }
        let digest = |file: &FileJson| Digest::from_hex(&file.sha256).ok_or(LogError::Field("sha256"));
        let segments = log.segments.into_iter().map(Segment::try_from).collect::<Result<_, _>>()?;
        Ok(Self { source: digest(&log.source)?, target: digest(&log.target)?, segments, anchors: Vec::new() })
    }
}

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// Not JSON, or not of this shape.
    #[error("not a repair log")]
    Json(#[from] serde_json::Error),
    /// Written by a later version.
    #[error("this is version {0} of the log; this program reads version {LOG_VERSION}")]
    Version(u32),
    /// A field holds something else than it should.
    #[error("not a repair log: {0:?} is not of the stated form")]
    Field(&'static str),
}

#[derive(Serialize, Deserialize)]
struct LogJson {
    version: u32,
    source: FileJson,
    target: FileJson,
    segments: Vec<SegmentJson>,
}

#[derive(Serialize, Deserialize)]
struct FileJson {
    sha256: String,
    bytes: usize,
}

#[derive(Serialize, Deserialize)]
struct SegmentJson {
    source: [usize; 2],
    target: [usize; 2],
    #[serde(flatten)]
    kind: KindJson,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum KindJson {
    Copied,
    Decoded {
        encoding: String,
    },
    Raw {
        before_hex: String,
    },
    Repaired {
        chain: String,
        encoding: String,
        before_hex: String,
        bits_256: u32,
        confidence: f64,
        applicability: Applicability,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
    },
}

impl From<&Segment> for SegmentJson {
    fn from(segment: &Segment) -> Self {
        let kind = match &segment.kind {
            SegmentKind::Copied => KindJson::Copied,
            SegmentKind::Decoded(encoding) => KindJson::Decoded { encoding: encoding.to_string() },
            SegmentKind::Raw(before) => KindJson::Raw { before_hex: HEXLOWER.encode(before) },
            SegmentKind::Repaired { chain, encoding, before, bits, confidence, applicability, proposed } => {
                KindJson::Repaired {
                    chain: chain.to_string(),
                    encoding: encoding.to_string(),
                    before_hex: HEXLOWER.encode(before),
                    bits_256: *bits,
                    confidence: f64::from(confidence.get()) / 1000.0,
                    applicability: *applicability,
                    after: proposed.as_deref().map(str::to_owned),
                }
            }
        };
        Self {
            source: [segment.source.start, segment.source.end],
            target: [segment.target.start, segment.target.end],
            kind,
        }
    }
}

impl TryFrom<SegmentJson> for Segment {
    type Error = LogError;
    fn try_from(json: SegmentJson) -> Result<Self, LogError> {
        let hex = |hex: &str| {
            HEXLOWER_PERMISSIVE
                .decode(hex.as_bytes())
                .map(Vec::into_boxed_slice)
                .map_err(|_| LogError::Field("before_hex"))
        };
        let kind = match json.kind {
            KindJson::Copied => SegmentKind::Copied,
            KindJson::Decoded { encoding } => {
                SegmentKind::Decoded(encoding.parse().map_err(|_| LogError::Field("encoding"))?)
            }
            KindJson::Raw { before_hex } => SegmentKind::Raw(hex(&before_hex)?),
            KindJson::Repaired { chain, encoding, before_hex, bits_256, confidence, applicability, after } => {
                SegmentKind::Repaired {
                    chain: chain.parse().map_err(|_| LogError::Field("chain"))?,
                    encoding: encoding.parse().map_err(|_| LogError::Field("encoding"))?,
                    before: hex(&before_hex)?,
                    bits: bits_256,
                    confidence: Permille::new((confidence * 1000.0).round() as u16),
                    applicability,
                    proposed: after.map(String::into_boxed_str),
                }
            }
        };
        Ok(Self { source: json.source[0]..json.source[1], target: json.target[0]..json.target[1], kind })
    }
}
