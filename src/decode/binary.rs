//! Which bytes are not text at all.

/// Bytes that are looked at.
const HEAD: usize = 8192;

/// Whether bytes are no text in any encoding, UTF-16 included: more than one in ten is a control byte.
pub fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return false;
    }
    // ESC introduces ISO-2022; 0x1A ends old DOS texts.
    let is_control = |b: &&u8| matches!(b, 0..=8 | 0x0B | 0x0E..=0x19 | 0x1C..=0x1F);
    let control = head.iter().filter(is_control).count();
    control * 10 > head.len() && super::wide::without_mark(bytes).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_a_few_nul_bytes_is_text() {
        assert!(!is_binary(b"An opinion\0 about everything\0 and nothing"));
        assert!(!is_binary(b""));
        assert!(!is_binary(b"a\0b\0 \0c\0d\0e\0f\0g\0h\0"), "UTF-16");
        assert!(is_binary(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 200, 201]));
    }
}
