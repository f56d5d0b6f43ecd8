//! Tesseract 5 through its C interface: one library a process, one engine a thread.

use crate::api::{Api, Handle, LSTM_ONLY, Results, SYMBOL, TEXT_LINE};
use crate::{Error, FIGURES, JAPANESE, Ocr, VERTICAL, segmentation};
use seisho_model::scan::{Crop, Setting, Symbol};
use std::ffi::{CStr, CString, c_int};
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use std::sync::Arc;

/// The names under which systems have the library, the surest first.
const NAMES: [&str; 5] = ["libtesseract.so.5", "libtesseract.so", "libtesseract.5.dylib", "libtesseract-5.dll", "tesseract55.dll"];
/// Where the installer for Windows puts it.
const WINDOWS: &str = r"C:\Program Files\Tesseract-OCR";

/// The loaded library.
#[derive(Clone)]
pub struct Library {
    api: Arc<Api>,
    /// Folder of the language data; none for the library's own.
    data: Option<PathBuf>,
}

impl Library {
    /// Loads the library: the named file, else the one of the system.
    ///
    /// # Errors
    /// When there is none, or it is another one.
    pub fn load(file: Option<&Path>) -> Result<Self, Error> {
        let named: Vec<PathBuf> = match file {
            Some(file) => vec![file.to_owned()],
            None => NAMES.iter().map(PathBuf::from).chain(NAMES[3..].iter().map(|n| Path::new(WINDOWS).join(n))).collect(),
        };
        for name in named {
            // SAFETY: a library runs code of its own when it is loaded. Tesseract and what it needs set up their
            // own data and do nothing to ours; a file that the user names is the user's to trust.
            if let Ok(library) = unsafe { libloading::Library::new(&name) } {
                let api = Api::new(library, &name.to_string_lossy())?;
                let data = name.parent().map(|p| p.join("tessdata")).filter(|p| p.is_dir());
                return Ok(Self { api: Arc::new(api), data });
            }
        }
        Err(Error::NoLibrary)
    }

    /// Its version: `5.3.0`.
    #[must_use]
    pub fn version(&self) -> String {
        // SAFETY: gives a string that ends in NUL and lives as long as the library.
        unsafe { CStr::from_ptr((self.api.version)()) }.to_string_lossy().into_owned()
    }

    /// Its name with its version.
    #[must_use]
    pub fn name(&self) -> String {
        format!("tesseract {}", self.version())
    }

    /// Where its language data may be: beside a library that was named, where the environment says, else where systems
    /// keep what programs share.
    #[must_use]
    pub fn folders(&self) -> Vec<PathBuf> {
        let named = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
        let shared = ["/usr/share", "/usr/local/share"].map(PathBuf::from);
        self.data.clone().into_iter().chain(named).chain(shared).collect()
    }

    /// Whether its data for horizontal and for vertical Japanese and for figures is there.
    #[must_use]
    pub fn languages(&self) -> [(&'static str, bool); 3] {
        [JAPANESE, VERTICAL, FIGURES].map(|language| (language, Engine::new(self, language).is_ok()))
    }
}

/// An engine that belongs to one thread.
struct Engine {
    api: Arc<Api>,
    handle: *mut Handle,
}

impl Engine {
    fn new(library: &Library, language: &'static str) -> Result<Self, Error> {
        let api = Arc::clone(&library.api);
        let name = CString::new(language)?;
        let data = library.data.as_ref().map(|d| CString::new(d.to_string_lossy().as_bytes())).transpose()?;
        // SAFETY: gives a new handle, which this engine owns from here on.
        let engine = Self { handle: unsafe { (api.create)() }, api };
        if engine.handle.is_null() {
            return Err(Error::Failed);
        }
        // Its warnings about odd crops go to the screen otherwise.
        engine.set(c"debug_file", if cfg!(windows) { c"NUL" } else { c"/dev/null" });
        let path = data.as_ref().map_or(null(), |d| d.as_ptr());
        // SAFETY: the handle is live; both strings end in NUL and outlive the call, a null path means the default.
        let failed = unsafe { (engine.api.init)(engine.handle, path, name.as_ptr(), LSTM_ONLY) } != 0;
        if failed { Err(Error::NoLanguage { language }) } else { Ok(engine) }
    }

    fn set(&self, name: &CStr, value: &CStr) {
        // SAFETY: the handle is live; the strings end in NUL and are copied.
        unsafe { (self.api.set_variable)(self.handle, name.as_ptr(), value.as_ptr()) };
    }

    fn read(&mut self, crop: &Crop, segmentation: c_int) -> Result<Vec<Symbol>, Error> {
        let (Ok(width), Ok(height), Ok(dpi)) = (c_int::try_from(crop.width), c_int::try_from(crop.height), c_int::try_from(crop.dpi))
        else {
            return Err(Error::Failed);
        };
        if crop.gray.len() != crop.width as usize * crop.height as usize || crop.gray.is_empty() {
            return Err(Error::Failed);
        }
        if let Some(limit) = self.api.limit_threads {
            // The engine's own threads cost more than they give (1.8 s alone, 7.4 s with four on two cores).
            // SAFETY: takes a number and sets it for this thread.
            unsafe { limit(0) };
        }
        // SAFETY: the handle is live and of this thread alone; the image has the bytes that its size says and is
        // copied; the results are read and freed before anything changes.
        unsafe {
            (self.api.set_segmentation)(self.handle, segmentation);
            (self.api.set_image)(self.handle, crop.gray.as_ptr(), width, height, 1, width);
            (self.api.set_resolution)(self.handle, dpi);
            if (self.api.recognize)(self.handle, null_mut()) != 0 {
                return Err(Error::Failed);
            }
            let results = (self.api.results)(self.handle);
            let symbols = if results.is_null() { Vec::new() } else { self.symbols(results) };
            if !results.is_null() {
                (self.api.delete_results)(results);
            }
            (self.api.clear)(self.handle);
            Ok(symbols)
        }
    }

    /// The symbols of an iterator that stands at its first.
    ///
    /// # Safety
    /// The iterator is live and of this engine's last recognition.
    unsafe fn symbols(&self, results: *mut Results) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        let mut line = 0;
        // SAFETY: the caller's promise; the places are a view of the results and go with them.
        let places = unsafe { (self.api.places)(results) };
        loop {
            // SAFETY: both are live; a text that is given is ours to free, once.
            unsafe {
                if !symbols.is_empty() && (self.api.is_start)(places, TEXT_LINE) != 0 {
                    line += 1;
                }
                let text = (self.api.text)(results, SYMBOL);
                if !text.is_null() {
                    let (mut l, mut t, mut r, mut b) = (0, 0, 0, 0);
                    (self.api.bounds)(places, SYMBOL, &raw mut l, &raw mut t, &raw mut r, &raw mut b);
                    let score = ((self.api.confidence)(results, SYMBOL) * 100.0).round().clamp(0.0, 10_000.0) as u16;
                    let said = CStr::from_ptr(text).to_string_lossy().trim().to_owned();
                    (self.api.delete_text)(text);
                    if !said.is_empty() {
                        symbols.push(Symbol { text: said, ink: [l, t, r, b].map(|v| v.max(0) as u32), line, score, marks: Vec::new() });
                    }
                }
                if (self.api.next)(results, SYMBOL) == 0 {
                    return symbols;
                }
            }
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: the handle is this engine's and not used again; deleting none is allowed.
        unsafe { (self.api.delete)(self.handle) };
    }
}

/// The engine of one thread.
pub struct Tesseract {
    library: Library,
    japanese: Engine,
    /// Made when the first vertical text comes; none where its data is missing.
    vertical: Option<Option<Engine>>,
    /// Made when the first figures come; none where its data is missing.
    figures: Option<Option<Engine>>,
}

impl Tesseract {
    /// A new engine.
    ///
    /// # Errors
    /// When the data for Japanese is missing.
    pub fn new(library: &Library) -> Result<Self, Error> {
        Ok(Self { library: library.clone(), japanese: Engine::new(library, JAPANESE)?, vertical: None, figures: None })
    }
}

impl Ocr for Tesseract {
    fn name(&self) -> String {
        self.library.name()
    }

    fn read(&mut self, crop: &Crop, setting: Setting) -> Result<Vec<Symbol>, Error> {
        let segmentation = segmentation(setting).into();
        if setting == Setting::Figures {
            let engine = self.figures.get_or_insert_with(|| Engine::new(&self.library, FIGURES).ok());
            return engine.as_mut().ok_or(Error::NoLanguage { language: FIGURES })?.read(crop, segmentation);
        }
        if setting == Setting::Columns {
            let engine = self.vertical.get_or_insert_with(|| Engine::new(&self.library, VERTICAL).ok());
            return engine.as_mut().ok_or(Error::NoLanguage { language: VERTICAL })?.read(crop, segmentation);
        }
        self.japanese.read(crop, segmentation)
    }
}
