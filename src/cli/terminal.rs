//! The only place that prints and asks: answers to standard output, everything else to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use super::refusal::Refusal;
use super::rows::rows;
use crate::app::Error;
use crate::app::doubts::{Doubt, Doubts};
use crate::app::near::KnownNames;
use crate::app::read::friendly_names::FriendlyNames;
use crate::host::{folders, process};
use crate::keystore::{self, Passphrases};
use crate::transport::Stop;
use claimledger_core::encoding::foreign::{CONTINUES, is_unseen, screen};
use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fmt::Display;
use std::io::{BufRead as _, ErrorKind, IsTerminal, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Prints answers, as text for people or as JSON for machines, and asks if a person sits at the terminal.
///
/// Texts of other people (file names, peers' answers, statements) may contain escape sequences. What a terminal would obey
/// is printed by its number: see [`screen`].
#[derive(Debug, Clone)]
pub struct Terminal {
    json: bool,
    /// The notes that were printed, so that none is printed twice.
    noted: Vec<String>,
    /// What this machine knows better than the copies that were read.
    doubts: Doubts,
    /// Copies of a terminal print to the same standard output.
    output: Arc<Mutex<Output>>,
}

/// What became of standard output.
#[derive(Debug, Default)]
enum Output {
    /// Everything was written so far.
    #[default]
    Written,
    /// The reader has stopped reading, which is no error: it has what it wanted.
    Closed,
    /// Writing failed; nothing more is written.
    Failed {
        /// What the command did, of what it could not report.
        done: String,
        source: std::io::Error,
    },
}

#[allow(
    clippy::unused_self,
    reason = "only a command that was given the terminal may print or ask"
)]
impl Terminal {
    /// A terminal that prints text, or JSON.
    pub fn new(json: bool) -> Self {
        Self {
            json,
            noted: Vec::new(),
            doubts: Doubts::default(),
            output: Arc::default(),
        }
    }

    /// A terminal that prints no answers, for the unit tests.
    #[cfg(test)]
    pub fn silent() -> Self {
        let terminal = Self::new(true);
        *terminal.output() = Output::Closed;
        terminal
    }

    /// Where doubts about the copies that are read are gathered, for the JSON of an answer.
    pub fn doubts(&self) -> Doubts {
        self.doubts.clone()
    }

    /// Whether answers are JSON.
    pub fn json(&self) -> bool {
        self.json
    }

    /// Whether a person can be asked.
    pub fn attended(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Prints an answer: the value as JSON, or the text. An object has the field `doubts` if this machine knows better than
    /// the copy that it was read from.
    pub fn answer<T: Serialize>(&mut self, value: &T, text: impl FnOnce() -> String) {
        if self.json {
            let doubts = self.doubts.all();
            let json = if doubts.is_empty() {
                json(value)
            } else {
                json(&with_doubts(value, &doubts))
            };
            self.write(&json);
        } else {
            self.text(&text());
        }
    }

    /// Prints what the command has done. If it cannot be printed, [`Terminal::written`] says that it was done all the same.
    pub fn done<T: Serialize>(&mut self, value: &T, text: impl FnOnce() -> String) {
        let text = text();
        self.answer(value, || text.clone());
        if let Output::Failed { done, .. } = &mut *self.output() {
            done.push_str(&text);
        }
    }

    /// Prints text for people.
    pub fn text(&mut self, text: &str) {
        self.write(&rows(&screen(text), answer_columns()));
    }

    /// Prints text that programs read: byte for byte, unless standard output is a terminal.
    pub fn exact(&mut self, text: &str) {
        if std::io::stdout().is_terminal() {
            self.write(&screen(text));
            // The next prompt begins on a row of its own.
            if !text.ends_with('\n') {
                self.write("\n");
            }
        } else {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        // Beside the file that a person asked for, standard output holds nothing else.
        if IS_A_FILE.load(Ordering::SeqCst) {
            let _ = write!(std::io::stderr(), "{text}");
            return;
        }
        let mut output = self.output();
        if !matches!(*output, Output::Written) {
            return;
        }
        let mut out = std::io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        if let Err(source) = written {
            *output = match source.kind() {
                ErrorKind::BrokenPipe => Output::Closed,
                _ => Output::Failed {
                    done: String::new(),
                    source,
                },
            };
        }
    }

    fn output(&self) -> std::sync::MutexGuard<'_, Output> {
        self.output.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses if an answer could not be written to standard output.
    ///
    /// # Errors
    ///
    /// [`Error::AnswerNotWritten`], once. A closed pipe is no error.
    pub fn written(&self) -> Result<(), Error> {
        let mut output = self.output();
        if !matches!(*output, Output::Failed { .. }) {
            return Ok(());
        }
        match std::mem::replace(&mut *output, Output::Closed) {
            Output::Failed { done, source } => Err(Error::AnswerNotWritten { done, source }),
            Output::Written | Output::Closed => Ok(()),
        }
    }

    /// Prints a note on standard error.
    pub fn note(&mut self, text: &str) {
        beside(&format!("note: {}\n", indented(text)));
    }

    /// Writes a line of a log: what a server did.
    pub fn log(&self, line: &str) {
        let _ = writeln!(std::io::stderr(), "{}", indented(line));
    }

    /// Prints notes, each only once: a command that reads something twice would print the note twice.
    pub fn notes<'a, T: Display + 'a>(&mut self, notes: impl IntoIterator<Item = &'a T>) {
        for note in notes {
            let note = note.to_string();
            if self.noted.contains(&note) {
                continue;
            }
            self.note(&note);
            self.noted.push(note);
        }
    }

    /// Shows something to a person before they are asked.
    pub fn preview(&mut self, text: &str) {
        beside(text);
    }

    /// Asks a yes-or-no question; anything but y or yes is no.
    pub fn confirm(&mut self, question: &str) -> bool {
        let answer = self.ask(&format!("{question} [y/N]")).to_lowercase();
        matches!(answer.as_str(), "y" | "yes")
    }

    /// Asks a question; the answer is one line without the white space around it, empty if there is none.
    pub fn ask(&mut self, question: &str) -> String {
        beside(&format!("{question} "));
        let _ = std::io::stderr().flush();
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        read.map_or_else(|_| String::new(), |_| line.trim().to_owned())
    }

    /// Prints an error: what was wrong, why, and what to do next. People see it with `names`, machines unchanged. Of the
    /// `known` names those are offered that may have been meant.
    pub fn refuse(
        &mut self,
        error: &Error,
        names: Option<&FriendlyNames<'_>>,
        known: Option<&KnownNames<'_>>,
    ) {
        let refusal = Refusal::from_error(error, known);
        if self.json {
            let refusal = json(&serde_json::json!({ "error": refusal }));
            let _ = write!(std::io::stderr(), "{refusal}");
        } else {
            beside(&refusal.told(names));
        }
    }

    /// A progress bar for work that takes over a second. Without a terminal there is none.
    pub fn progress(&self, what: &'static str) -> Progress {
        Progress {
            what,
            began: Instant::now(),
            shown: std::io::stderr().is_terminal() && !self.json,
            bar: None,
        }
    }
}

/// Tells at once why the program is waiting.
pub fn waiting(text: &str) {
    let _ = writeln!(std::io::stderr(), "note: {}", indented(text));
}

/// Prints to standard error, for people.
fn beside(text: &str) {
    let columns = columns(&std::io::stderr());
    let _ = write!(std::io::stderr(), "{}", rows(&screen(text), columns));
}

/// A text of several lines, so that no line of it can be taken for a message of its own.
fn indented(text: &str) -> String {
    screen(text).replace('\n', &format!("\n{CONTINUES}"))
}

/// How wide lines may be: the number in `COLUMNS`; else as wide as the terminal, 80 if it does not know. Files and programs
/// take lines of any width.
fn columns(stream: &impl IsTerminal) -> Option<usize> {
    let told = folders::named("COLUMNS").and_then(|told| told.to_str()?.trim().parse().ok());
    let size = || terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    told.filter(|told| *told > 0)
        .or_else(|| stream.is_terminal().then(size))
}

/// A value with the field `doubts`, if it is an object.
fn with_doubts<T: Serialize>(value: &T, doubts: &[Doubt]) -> serde_json::Value {
    let mut value = serde_json::to_value(value).expect("answers are plain data");
    if let Some(fields) = value.as_object_mut() {
        let doubts = serde_json::to_value(doubts).expect("plain data");
        fields.insert("doubts".to_owned(), doubts);
    }
    value
}

/// A value as JSON. What a terminal would obey can only be in a string of it, where `\u009b` means the same.
fn json<T: Serialize>(value: &T) -> String {
    let mut text = String::new();
    for c in serde_json::to_string_pretty(value)
        .expect("answers are plain data")
        .chars()
    {
        if is_unseen(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    text.push('\n');
    text
}

/// Progress of something long.
pub struct Progress {
    what: &'static str,
    began: Instant,
    shown: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Called with how much is done, of how much.
    pub fn tell(&mut self, done: u64, all: u64) {
        if !self.shown || self.began.elapsed() < PATIENCE {
            return;
        }
        let what = self.what;
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template(
                "{msg} {bar:30} {human_pos} of {human_len}, {per_sec}, {eta} left",
            );
            ProgressBar::new(all)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                .with_message(what)
        });
        bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Passphrases for Terminal {
    fn waiting(&self) -> fn(&str) {
        waiting
    }

    fn tries(&self) -> u32 {
        // The environment gives the same passphrase every time.
        if told().is_none() && self.attended() {
            3
        } else {
            1
        }
    }

    fn ask(&mut self, prompt: &str) -> Result<Zeroizing<String>, keystore::Error> {
        if let Some(told) = told() {
            return Ok(told);
        }
        if !self.attended() {
            return keystore::Refuse.ask(prompt);
        }
        read_hidden(prompt)
    }

    fn choose(&mut self, prompt: &str) -> Result<Zeroizing<String>, keystore::Error> {
        if let Some(told) = told() {
            return Ok(told);
        }
        if !self.attended() {
            return keystore::Refuse.ask(prompt);
        }
        loop {
            let first = read_hidden(prompt)?;
            if *first == *read_hidden("the same passphrase again")? {
                return Ok(first);
            }
            self.note("the two passphrases differ; try again");
        }
    }
}

/// Gives standard input and output to a process that answers its own parent.
pub fn serve(
    answer: impl FnOnce(&mut dyn Read, &mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    answer(&mut std::io::stdin().lock(), &mut std::io::stdout().lock())
}

/// Writes a file that a person asked for to standard output. From then on, answers go to standard error.
pub fn file(from: &mut dyn Read) -> std::io::Result<()> {
    IS_A_FILE.store(true, Ordering::SeqCst);
    let mut out = std::io::stdout().lock();
    let written = std::io::copy(from, &mut out).and_then(|_| out.flush());
    match written {
        // The reader has what it wanted.
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Whether standard output is the file that a person asked for.
static IS_A_FILE: AtomicBool = AtomicBool::new(false);

/// How wide the lines of an answer may be; any width without a number.
pub fn answer_columns() -> Option<usize> {
    columns(&std::io::stdout())
}

/// All of standard input, up to `most` bytes.
pub fn input(most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The passphrase in `CLAIMLEDGER_PASSPHRASE`, for machines.
fn told() -> Option<Zeroizing<String>> {
    std::env::var("CLAIMLEDGER_PASSPHRASE")
        .ok()
        .map(Zeroizing::new)
}

fn read_hidden(prompt: &str) -> Result<Zeroizing<String>, keystore::Error> {
    let mut letters = prompt.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    stopped_with_a_sane_terminal();
    let asking = ASKING.lock();
    let read = rpassword::prompt_password(format!("{first}{}: ", letters.as_str()));
    if read
        .as_ref()
        .is_err_and(|e| e.kind() == ErrorKind::Interrupted)
    {
        let _ = writeln!(std::io::stderr());
        process::exit(STOPPED);
    }
    drop(asking);
    read.map(Zeroizing::new)
        .map_err(|_| keystore::Error::PassphraseNeeded {
            what: prompt.to_owned(),
        })
}

/// After the first question, ctrl-c ends this process only while no passphrase is being asked for. Ended in the middle of
/// one, it would leave a terminal that does not show what is typed. `read_hidden` ends the process itself, after the
/// terminal is restored.
fn stopped_with_a_sane_terminal() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        // If the program cannot listen for signals, they end the process as usual.
        if let Ok(stop) = Stop::listen() {
            std::thread::spawn(move || {
                stop.wait();
                let _asked = ASKING.lock();
                if !STOPS_ITSELF.load(Ordering::SeqCst) {
                    process::exit(STOPPED);
                }
            });
        }
    });
}

/// From now on the command itself handles the signals.
pub fn stops_itself() {
    STOPS_ITSELF.store(true, Ordering::SeqCst);
}

static STOPS_ITSELF: AtomicBool = AtomicBool::new(false);

/// Held while a passphrase is asked for.
static ASKING: Mutex<()> = Mutex::new(());

/// The exit code of what a signal ended: 128 + SIGINT.
const STOPPED: i32 = 130;

/// Prints what clap answers. Help and version are answers; everything else is wrong usage, for which this prints the
/// refusal and returns true.
///
/// # Errors
///
/// [`Error::AnswerNotWritten`] if the help could not be written.
pub fn misuse(error: &clap::Error, refusal: &dyn Fn() -> String) -> Result<bool, Error> {
    let asked_for_nothing = error.kind() == DisplayHelpOnMissingArgumentOrSubcommand;
    if error.use_stderr() && !asked_for_nothing {
        let _ = write!(std::io::stderr(), "{}", screen(&refusal()));
        return Ok(true);
    }
    let printed = error.print().and_then(|()| std::io::stdout().flush());
    match printed {
        _ if error.use_stderr() => Ok(true),
        Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(Error::AnswerNotWritten {
            done: String::new(),
            source,
        }),
        _ => Ok(false),
    }
}

/// Shorter work needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);
