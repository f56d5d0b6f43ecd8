//! Where the password of encrypted PDFs comes from.

use crate::screen::lang::Stop;
use clap::Args;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The password of encrypted PDFs.
#[derive(Args, Clone)]
pub(crate) struct Password {
    /// 暗号化された PDF のパスワードが1行目にあるファイル（- は標準入力） / file whose first line is the password of encrypted PDFs (- for standard input)
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// そのパスワード。実行中は、同じ機械のほかの人にも見えます（--password-file なら見えません） / the password itself; while the program runs, everybody on the machine can see it (not so with --password-file)
    #[arg(long, default_value = "", hide_default_value = true, conflicts_with = "password_file")]
    password: String,
}

/// No message holds it.
impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// Longest line that is taken for one, in bytes.
    const LONGEST: u64 = 1 << 16;

    /// Reads it from where it is.
    pub(crate) fn read(&self) -> Result<String, Stop> {
        let Some(file) = &self.password_file else { return Ok(self.password.clone()) };
        // What it is read from may be a pipe: that is how a keeper of passwords hands one on.
        let read = || {
            let source: Box<dyn Read> = if self.is_on_standard_input() { Box::new(std::io::stdin()) } else { Box::new(File::open(file)?) };
            let mut line = String::new();
            BufReader::new(source.take(Self::LONGEST)).read_line(&mut line)?;
            Ok(line.trim_end_matches(['\r', '\n']).to_owned())
        };
        read().map_err(|error: std::io::Error| {
            let name = file.display();
            Stop::new(format!("{name} からパスワードを読めません"), format!("the password cannot be read from {name}")).because(error)
        })
    }

    /// Whether it is to come by standard input.
    pub(crate) fn is_on_standard_input(&self) -> bool {
        self.password_file.as_deref() == Some(Path::new("-"))
    }
}
