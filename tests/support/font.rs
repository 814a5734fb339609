//! A font for tests, made of an embedded one.

use oped_convert::typeset::FaceId;

/// A face with one character: that of an embedded face with another cmap, and this `fsType`.
pub fn font(c: char, fs_type: u16) -> Vec<u8> {
    let face = FaceId::Georgian.face();
    let glyph = face.glyph('ა').unwrap();
    let old = face.data;
    let number = |at: usize| u32::from_be_bytes(old[at..at + 4].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_be_bytes([old[4], old[5]]));
    let mut tables: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for record in (0..count).map(|i| 12 + 16 * i) {
        let (start, length) = (number(record + 8), number(record + 12));
        tables.push((old[record..record + 4].to_vec(), old[start..start + length].to_vec()));
    }
    for (tag, data) in &mut tables {
        match tag.as_slice() {
            b"cmap" => *data = cmap(c, glyph),
            b"OS/2" => data[8..10].copy_from_slice(&fs_type.to_be_bytes()),
            _ => {}
        }
    }
    let mut file = old[..12].to_vec();
    let mut place = 12 + 16 * count;
    for (tag, data) in &tables {
        file.extend_from_slice(tag);
        file.extend([0; 4]);
        file.extend(u32::try_from(place).unwrap().to_be_bytes());
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        place += data.len().next_multiple_of(4);
    }
    for (_, mut data) in tables {
        data.resize(data.len().next_multiple_of(4), 0);
        file.extend(data);
    }
    file
}

/// One group in a subtable of format 12 (OpenType, cmap).
fn cmap(c: char, glyph: u16) -> Vec<u8> {
    let mut cmap: Vec<u8> = Vec::new();
    [0_u16, 1, 3, 10].iter().for_each(|n| cmap.extend(n.to_be_bytes()));
    cmap.extend(12_u32.to_be_bytes());
    [12_u16, 0].iter().for_each(|n| cmap.extend(n.to_be_bytes()));
    [28_u32, 0, 1, u32::from(c), u32::from(c), u32::from(glyph)].iter().for_each(|n| cmap.extend(n.to_be_bytes()));
    cmap
}
