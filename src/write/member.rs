//! Members of a collection on their way from the worker that made them to the file: what is listed of an article, and
//! its content, as bytes.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::WriteError;

/// A member as bytes: what is listed of it on one line of JSON, then its content.
pub(super) fn pack(listed: &impl Serialize, content: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut member = serde_json::to_vec(listed).map_err(|error| library(&error))?;
    member.reserve_exact(content.len() + 1);
    member.push(b'\n');
    member.extend_from_slice(content);
    Ok(member)
}

/// The two parts of a member again.
pub(super) fn unpack<T: DeserializeOwned>(member: &[u8]) -> Result<(T, &[u8]), WriteError> {
    // JSON escapes line ends in its strings.
    let end = memchr::memchr(b'\n', member).unwrap_or(member.len());
    let listed = serde_json::from_slice(&member[..end]).map_err(|error| library(&error))?;
    Ok((listed, member.get(end + 1..).unwrap_or_default()))
}

fn library(error: &serde_json::Error) -> WriteError {
    WriteError::Library { library: "serde_json", reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_back_as_they_were_packed() {
        let listed = (String::from("two\nlines"), 7);
        let member = pack(&listed, b"\n{}\0\n").unwrap();
        assert_eq!(unpack::<(String, u8)>(&member).unwrap(), (listed, &b"\n{}\0\n"[..]));
        assert!(unpack::<(String, u8)>(b"").is_err());
    }
}
