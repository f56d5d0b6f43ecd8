//! Same input, same bytes: for any number of threads, order of inputs and run.

use crate::support::{convert, files, fixtures};
use std::ffi::OsString;

#[test]
fn threads_order_and_repetition_change_no_byte() {
    let mut inputs: Vec<OsString> =
        files(&fixtures()).into_iter().filter(|f| !f.starts_with(fixtures().join("gold"))).map(Into::into).collect();
    let with_jobs = |jobs: &str, inputs: &[OsString]| {
        let mut args: Vec<OsString> = vec!["--jobs".into(), jobs.into()];
        args.extend(inputs.iter().cloned());
        convert(&args).bytes()
    };
    let once = with_jobs("1", &inputs);
    assert!(once.len() > 30);
    assert_eq!(with_jobs("1", &inputs), once, "a second run");
    assert_eq!(with_jobs("2", &inputs), once, "two threads");
    assert_eq!(with_jobs("7", &inputs), once, "seven threads");
    // A fixed shuffle: every step takes one from somewhere else.
    let in_order = inputs.clone();
    let mut at = 0;
    let mut rest = std::mem::take(&mut inputs);
    while !rest.is_empty() {
        at = (at + 17) % rest.len();
        inputs.push(rest.remove(at));
    }
    assert_ne!(inputs, in_order);
    assert_eq!(with_jobs("2", &inputs), once, "another order");
}
