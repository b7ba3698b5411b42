//! Child processes. The programs are those that every Unix has.
#![cfg(unix)]

use crate::host::{folders, process};
use std::path::Path;

#[test]
fn a_child_runs_in_its_folder_with_its_environment() {
    let folder = folders::temporary(None).unwrap();
    let words = [
        "-c",
        "pwd; echo \"$GIVEN ${HOME-none}\"; cat; echo wrong >&2; exit 7",
    ];
    let environment = [("GIVEN", Some("value")), ("HOME", None)];
    let ran = process::run(Path::new("/bin/sh"), &words, folder.path(), &environment).unwrap();
    assert_eq!(ran.code, Some(7));
    let at = folders::whole(folder.path());
    let output = String::from_utf8(ran.output).unwrap();
    assert_eq!(output, format!("{}\nvalue none\n", at.display()));
    assert_eq!(ran.errors, b"wrong\n");
}

#[test]
fn a_child_that_is_killed_has_no_exit_code() {
    let words = ["-c", "kill -9 $$"];
    let ran = process::run(Path::new("/bin/sh"), &words, Path::new("/"), &[]).unwrap();
    assert_eq!(ran.code, None);
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let nothing: [&str; 0] = [];
    let error = process::run(Path::new("/nowhere/x"), &nothing, Path::new("/"), &[]).unwrap_err();
    assert_eq!(error.to_string(), "failed while running /nowhere/x");
    assert_eq!(error.code(), "io");
}
