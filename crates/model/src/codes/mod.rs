//! The codes of findings, one file each: what it means, an example, what to do about it, how much it matters, the case
//! that raises it, and the functions that build its findings in both languages. `seisho explain CODE` prints what the
//! file says.
//!
//! A new check: copy the file of one that is like it, declare it in its folder, add its line to the registry below, and put
//! a case into `fixtures/findings`. Tests say what is missing, CONTRIBUTING.md walks through it. Numbers are never reused.

pub mod audit;
pub mod failure;
pub mod finding;
pub mod goals;
pub mod head;
pub mod japanese;
pub mod layout;
pub mod picture;
pub mod policy;
pub mod source;

use finding::{Message, Severity};

/// The name of a field in both languages, Japanese and English.
pub type FieldNames = [&'static str; 2];

/// What is known about a code. Pairs of texts are Japanese and English.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// How much its findings matter, unless the place says otherwise.
    pub severity: Severity,
    /// In a few words.
    pub title: [&'static str; 2],
    /// What was seen and why it matters.
    pub what: [&'static str; 2],
    /// What it looks like, where that says more.
    pub example: Option<[&'static str; 2]>,
    /// What to do about it.
    pub action: [&'static str; 2],
    /// Where it is raised, so that a test can tell that it is.
    pub case: Case,
}

/// What raises a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// This file of `fixtures/findings`, when it is converted.
    Fixture(&'static str),
    /// A test in this file of the repository: what raises it is no document (a limit, a dead process), needs a reader
    /// of scans, or would be a fault of the program.
    Test(&'static str),
}

macro_rules! registry {
    ($($code:ident = $folder:ident::$file:ident,)*) => {
        /// A code: stage (X source, L layout, J Japanese, M mapping, A audit, I internal) and number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("See [`", stringify!($folder), "::", stringify!($file), "`].")] $code,)*
        }

        /// All codes, in the order that `seisho explain` lists them.
        pub const TABLE: &[Entry] = &[$($folder::$file::ENTRY),*];

        const NAMES: &[&str] = &[$(stringify!($code)),*];
    };
}

registry! {
    X001 = source::x001,
    X002 = source::x002,
    X003 = source::x003,
    X004 = source::x004,
    X005 = source::x005,
    X006 = source::x006,
    X007 = source::x007,
    X008 = picture::x008,
    X009 = picture::x009,
    X010 = picture::x010,
    X011 = picture::x011,
    X012 = picture::x012,
    X013 = source::x013,
    X014 = source::x014,
    X015 = source::x015,
    X016 = source::x016,
    X017 = picture::x017,
    X101 = failure::x101,
    X102 = failure::x102,
    X103 = failure::x103,
    X104 = failure::x104,
    X105 = failure::x105,
    X106 = failure::x106,
    X107 = failure::x107,
    X108 = failure::x108,
    X109 = failure::x109,
    X110 = failure::x110,
    X111 = failure::x111,
    X112 = failure::x112,
    L001 = layout::l001,
    L002 = layout::l002,
    L003 = layout::l003,
    L004 = layout::l004,
    L006 = layout::l006,
    L007 = layout::l007,
    L008 = layout::l008,
    L009 = layout::l009,
    L010 = layout::l010,
    L011 = layout::l011,
    L012 = layout::l012,
    L013 = layout::l013,
    L014 = layout::l014,
    L015 = layout::l015,
    L016 = layout::l016,
    L017 = layout::l017,
    L018 = layout::l018,
    J001 = japanese::j001,
    J002 = japanese::j002,
    J003 = japanese::j003,
    J004 = japanese::j004,
    J005 = japanese::j005,
    J006 = japanese::j006,
    M001 = head::m001,
    M002 = goals::m002,
    M003 = goals::m003,
    M004 = goals::m004,
    M005 = goals::m005,
    M006 = goals::m006,
    M007 = head::m007,
    M008 = head::m008,
    M009 = goals::m009,
    M010 = policy::m010,
    M011 = head::m011,
    M012 = policy::m012,
    M013 = goals::m013,
    M014 = goals::m014,
    M015 = goals::m015,
    M016 = goals::m016,
    M017 = goals::m017,
    M018 = goals::m018,
    M019 = head::m019,
    M020 = head::m020,
    M021 = goals::m021,
    A001 = audit::a001,
    A002 = audit::a002,
    A003 = audit::a003,
    A004 = audit::a004,
    I001 = audit::i001,
}

impl Code {
    /// What is known about it.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// As printed: `X001`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The code with this name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().map(|e| e.code).find(|c| c.name().eq_ignore_ascii_case(name.trim()))
    }
}

impl Entry {
    /// Its title in both languages.
    #[must_use]
    pub fn title(&self) -> Message {
        Message::new(self.title[0], self.title[1])
    }

    /// What was seen, why it matters and what it looks like, in both languages.
    #[must_use]
    pub fn description(&self) -> Message {
        let [ja, en] = self.what;
        match self.example {
            None => Message::new(ja, en),
            Some(example) => Message::new(format!("{ja}例: {}", example[0]), format!("{en} Example: {}", example[1])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_file_of_a_code_is_in_the_registry_at_its_own_place() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codes");
        let folders = fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir());
        let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|e| e.unwrap().path());
        let stems: BTreeSet<String> = files.map(|f| f.file_stem().unwrap().to_string_lossy().to_uppercase()).collect();
        let registered: BTreeSet<String> = NAMES.iter().map(|n| (*n).to_owned()).chain(["MOD".to_owned()]).collect();
        assert_eq!(stems, registered, "a file that is in no registry, or the other way round");
        for (place, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.code as usize, place, "the file of {} says {:?}", NAMES[place], entry.code);
            assert_eq!(Code::named(&entry.code.name().to_lowercase()), Some(entry.code));
        }
    }

    #[test]
    fn every_code_names_a_case_that_is_there() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for Entry { code, case, .. } in TABLE {
            match case {
                Case::Fixture(name) => {
                    assert!(name.starts_with(code.name()), "{name} is not named after {code:?}");
                    assert!(top.join("fixtures/findings").join(name).is_file(), "{name} is not in fixtures/findings");
                }
                Case::Test(file) => {
                    let text = fs::read_to_string(top.join(file)).unwrap_or_else(|e| panic!("{code:?}: {file}: {e}"));
                    assert!(text.contains(code.name()), "no test in {file} speaks of {code:?}");
                }
            }
        }
    }
}
