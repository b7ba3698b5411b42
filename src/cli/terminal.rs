//! The only place that prints and asks: answers to standard output, everything else to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use super::refusal::Refusal;
use crate::app::Error;
use crate::app::read::friendly_names::FriendlyNames;
use crate::host::process;
use crate::keystore::{self, Passphrases};
use crate::transport::Stop;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{BufRead as _, ErrorKind, IsTerminal as _, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Prints answers, as text for people or as JSON for machines, and asks if a person sits at the terminal.
#[derive(Debug, Clone)]
pub struct Terminal {
    json: bool,
    /// The notes that were printed, so that none is printed twice.
    noted: Vec<String>,
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
        }
    }

    /// Whether answers are JSON.
    pub fn json(&self) -> bool {
        self.json
    }

    /// Whether a person can be asked.
    pub fn attended(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Prints an answer: the value as JSON, or the text.
    pub fn answer<T: Serialize>(&mut self, value: &T, text: impl FnOnce() -> String) {
        if self.json {
            let json = serde_json::to_string_pretty(value).expect("answers are plain data");
            self.text(&format!("{json}\n"));
        } else {
            self.text(&text());
        }
    }

    /// Prints text unchanged. It is not an error if the reader has stopped reading.
    pub fn text(&mut self, text: &str) {
        let mut out = std::io::stdout().lock();
        if out.write_all(text.as_bytes()).is_err() || out.flush().is_err() {
            // A broken pipe: the reader has stopped, and the work is already done.
            process::exit(0);
        }
    }

    /// Prints a note on standard error.
    pub fn note(&mut self, text: &str) {
        let _ = writeln!(std::io::stderr(), "note: {text}");
    }

    /// Writes a line of a log: what a server did.
    pub fn log(&self, line: &str) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Prints notes, each only once: a command that reads something twice would print the note twice.
    pub fn notes<'a>(&mut self, notes: impl IntoIterator<Item = &'a String>) {
        for note in notes {
            if self.noted.contains(note) {
                continue;
            }
            self.note(note);
            self.noted.push(note.clone());
        }
    }

    /// Shows something to a person before they are asked.
    pub fn preview(&mut self, text: &str) {
        let _ = write!(std::io::stderr(), "{text}");
    }

    /// Asks a yes-or-no question; anything but y or yes is no.
    pub fn confirm(&mut self, question: &str) -> bool {
        let _ = write!(std::io::stderr(), "{question} [y/N] ");
        let _ = std::io::stderr().flush();
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).is_ok()
            && matches!(line.trim().to_lowercase().as_str(), "y" | "yes")
    }

    /// Prints an error: what was wrong, why, and what to do next. People see it with `names`, machines unchanged.
    pub fn refuse(&mut self, error: &Error, names: Option<&FriendlyNames<'_>>) {
        let refusal = Refusal::from_error(error);
        let text = if self.json {
            let json = serde_json::to_string_pretty(&serde_json::json!({ "error": refusal }));
            format!("{}\n", json.expect("a refusal is plain data"))
        } else {
            refusal.told(names)
        };
        let _ = write!(std::io::stderr(), "{text}");
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
    let _ = writeln!(std::io::stderr(), "note: {text}");
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
            let style = ProgressStyle::with_template("{msg} {bar:40} {human_pos} of {human_len}");
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

/// Prints clap's own message. Help and version are answers; everything else is wrong usage, for which this returns
/// true.
pub fn misuse(error: &clap::Error) -> bool {
    let _ = error.print();
    error.use_stderr()
}

/// Shorter work needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);
