//! The build id of a program: what its linker hashed of all that it put in, a few bytes to read instead of a hundred million.

use std::io::{Read, Seek, SeekFrom};

/// Of an ELF file of 64 bits, its least significant byte first; none of others, or where the linker left none.
const HEADER: usize = 64;
const PROGRAM_HEADER: usize = 56;
const PT_NOTE: u64 = 4;
const NT_GNU_BUILD_ID: u64 = 3;
/// No file has more program headers, and no notes are longer: what says so is none of a linker.
const MOST_HEADERS: usize = 256;
const LONGEST_NOTES: usize = 1 << 16;

/// The build id, in hexadecimal digits.
pub(super) fn build_id(file: &mut (impl Read + Seek)) -> Option<String> {
    let header = part(file, 0, HEADER)?;
    if !header.starts_with(b"\x7FELF\x02\x01") {
        return None;
    }
    let (table, length, count) = (number(&header, 32, 8)?, number(&header, 54, 2)?, number(&header, 56, 2)? as usize);
    if length as usize != PROGRAM_HEADER || count > MOST_HEADERS {
        return None;
    }
    let headers = part(file, table, count * PROGRAM_HEADER)?;
    headers.chunks_exact(PROGRAM_HEADER).filter(|header| number(header, 0, 4) == Some(PT_NOTE)).find_map(|header| {
        let (from, length) = (number(header, 8, 8)?, number(header, 32, 8)? as usize);
        of_notes(&part(file, from, (length <= LONGEST_NOTES).then_some(length)?)?)
    })
}

/// The build id among notes: lengths of name and content, a kind, both padded to four bytes.
fn of_notes(mut notes: &[u8]) -> Option<String> {
    loop {
        let (name, content) = (number(notes, 0, 4)? as usize, number(notes, 4, 4)? as usize);
        let kind = number(notes, 8, 4)?;
        let of_name = notes.get(12..)?.get(..name)?;
        let rest = notes.get(12 + name.next_multiple_of(4)..)?;
        if kind == NT_GNU_BUILD_ID && of_name == b"GNU\0" {
            return rest.get(..content).filter(|id| !id.is_empty()).map(|id| id.iter().map(|byte| format!("{byte:02x}")).collect());
        }
        notes = rest.get(content.next_multiple_of(4)..)?;
    }
}

fn part(file: &mut (impl Read + Seek), from: u64, length: usize) -> Option<Vec<u8>> {
    let mut part = vec![0; length];
    file.seek(SeekFrom::Start(from)).ok()?;
    file.read_exact(&mut part).ok()?;
    Some(part)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let mut whole = [0; 8];
    whole.get_mut(..length)?.copy_from_slice(bytes.get(at..)?.get(..length)?);
    Some(u64::from_le_bytes(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// A file of one program header and the notes it tells of.
    fn program(notes: &[u8]) -> Vec<u8> {
        let mut file = vec![0; HEADER + PROGRAM_HEADER];
        file[..6].copy_from_slice(b"\x7FELF\x02\x01");
        for (at, value) in [(32, 64), (54, 56), (56, 1), (64, 4), (72, 120), (96, notes.len())] {
            file[at..at + 2].copy_from_slice(&(value as u16).to_le_bytes());
        }
        file.extend_from_slice(notes);
        file
    }

    fn note(name: &[u8], kind: u8, content: &[u8]) -> Vec<u8> {
        let mut note = vec![name.len() as u8, 0, 0, 0, content.len() as u8, 0, 0, 0, kind, 0, 0, 0];
        note.extend_from_slice(name);
        note.resize(note.len().next_multiple_of(4), 0);
        note.extend_from_slice(content);
        note.resize(note.len().next_multiple_of(4), 0);
        note
    }

    #[test]
    fn the_build_id_stands_among_other_notes() {
        let notes = [note(b"GNU\0", 1, &[0; 16]), note(b"Rust\0", 3, &[7; 5]), note(b"GNU\0", 3, &[0xAB, 1])].concat();
        assert_eq!(build_id(&mut Cursor::new(program(&notes))).as_deref(), Some("ab01"));
        assert_eq!(build_id(&mut Cursor::new(program(&note(b"GNU\0", 1, &[0; 16])))), None);
    }

    #[test]
    fn what_is_no_program_or_a_damaged_one_has_none() {
        let sound = program(&note(b"GNU\0", 3, &[1, 2, 3, 4]));
        assert_eq!(build_id(&mut Cursor::new(b"#!/bin/sh\nexec seisho\n".to_vec())), None);
        for length in 0..sound.len() {
            assert_eq!(build_id(&mut Cursor::new(&sound[..length])), None, "{length}");
        }
        for at in (0..sound.len()).filter(|at| *at < 12 || *at >= 120) {
            let mut damaged = sound.clone();
            damaged[at] = 0xFF;
            let _ = build_id(&mut Cursor::new(damaged)); // says something and does not fall
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_program_has_one() {
        let mut file = std::fs::File::open(std::env::current_exe().unwrap()).unwrap();
        assert!(build_id(&mut file).is_some_and(|id| id.len() >= 16));
    }
}
