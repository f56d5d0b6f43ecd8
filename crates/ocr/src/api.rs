//! The functions of Tesseract's C interface (capi.h, 5.x) that are called, looked up once.

use crate::Error;
use std::ffi::{c_char, c_float, c_int, c_uchar};

/// `TessBaseAPI`, never looked into.
#[repr(C)]
pub(crate) struct Handle {
    _private: [u8; 0],
}

/// `TessResultIterator`, never looked into.
#[repr(C)]
pub(crate) struct Results {
    _private: [u8; 0],
}

/// `TessPageIterator`, never looked into.
#[repr(C)]
pub(crate) struct Places {
    _private: [u8; 0],
}

/// `RIL_TEXTLINE` of `TessPageIteratorLevel`.
pub(crate) const TEXT_LINE: c_int = 2;
/// `RIL_SYMBOL` of `TessPageIteratorLevel`.
pub(crate) const SYMBOL: c_int = 4;
/// `OEM_LSTM_ONLY` of `TessOcrEngineMode`.
pub(crate) const LSTM_ONLY: c_int = 1;

macro_rules! functions {
    ($($name:ident = $symbol:literal: fn($($arg:ty),*) $(-> $result:ty)?;)*) => {
        /// The library and its functions. They are valid as long as the library is loaded, which it is as long as this.
        pub(crate) struct Api {
            $(pub(crate) $name: unsafe extern "C" fn($($arg),*) $(-> $result)?,)*
            /// `omp_set_max_active_levels`, where the library was built with OpenMP.
            pub(crate) limit_threads: Option<unsafe extern "C" fn(c_int)>,
            _library: libloading::Library,
        }

        impl Api {
            pub(crate) fn new(library: libloading::Library, name: &str) -> Result<Self, Error> {
                let source = |source| Error::NotTesseract { name: name.to_owned(), source };
                $(
                    // SAFETY: the type is the one that capi.h of Tesseract 5 declares for this name.
                    let $name = *unsafe { library.get::<unsafe extern "C" fn($($arg),*) $(-> $result)?>($symbol) }.map_err(source)?;
                )*
                // SAFETY: the type is the one that the OpenMP standard declares for this name.
                let limit = unsafe { library.get::<unsafe extern "C" fn(c_int)>(b"omp_set_max_active_levels\0") };
                let limit_threads = limit.ok().map(|f| *f);
                Ok(Self { $($name,)* limit_threads, _library: library })
            }
        }
    };
}

functions! {
    version = b"TessVersion\0": fn() -> *const c_char;
    create = b"TessBaseAPICreate\0": fn() -> *mut Handle;
    delete = b"TessBaseAPIDelete\0": fn(*mut Handle);
    init = b"TessBaseAPIInit2\0": fn(*mut Handle, *const c_char, *const c_char, c_int) -> c_int;
    set_variable = b"TessBaseAPISetVariable\0": fn(*mut Handle, *const c_char, *const c_char) -> c_int;
    set_segmentation = b"TessBaseAPISetPageSegMode\0": fn(*mut Handle, c_int);
    set_image = b"TessBaseAPISetImage\0": fn(*mut Handle, *const c_uchar, c_int, c_int, c_int, c_int);
    set_resolution = b"TessBaseAPISetSourceResolution\0": fn(*mut Handle, c_int);
    recognize = b"TessBaseAPIRecognize\0": fn(*mut Handle, *mut std::ffi::c_void) -> c_int;
    clear = b"TessBaseAPIClear\0": fn(*mut Handle);
    results = b"TessBaseAPIGetIterator\0": fn(*mut Handle) -> *mut Results;
    delete_results = b"TessResultIteratorDelete\0": fn(*mut Results);
    places = b"TessResultIteratorGetPageIterator\0": fn(*mut Results) -> *mut Places;
    next = b"TessResultIteratorNext\0": fn(*mut Results, c_int) -> c_int;
    text = b"TessResultIteratorGetUTF8Text\0": fn(*const Results, c_int) -> *mut c_char;
    delete_text = b"TessDeleteText\0": fn(*const c_char);
    confidence = b"TessResultIteratorConfidence\0": fn(*const Results, c_int) -> c_float;
    is_start = b"TessPageIteratorIsAtBeginningOf\0": fn(*const Places, c_int) -> c_int;
    bounds = b"TessPageIteratorBoundingBox\0": fn(*const Places, c_int, *mut c_int, *mut c_int, *mut c_int, *mut c_int) -> c_int;
}
