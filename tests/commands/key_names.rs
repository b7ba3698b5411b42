//! Which key a word means, where two could be meant; and files among the keys that are none.

use crate::commands::world::World;

fn fingerprint(world: &World, name: &str) -> String {
    let keys = world.yes("key list");
    let keys = keys.as_array().expect("a list");
    let key = keys.iter().find(|key| key["name"] == name);
    key.expect("a key of that name")["fingerprint"]
        .as_str()
        .expect("a fingerprint")
        .to_owned()
}

fn standing(world: &World, fingerprint: &str) -> String {
    let keys = world.yes("key list");
    let keys = keys.as_array().expect("a list");
    let key = keys.iter().find(|key| key["fingerprint"] == fingerprint);
    key.expect("the key")["standing"]
        .as_str()
        .expect("words")
        .to_owned()
}

/// The file `jonas.pub` of this machine holds edith's key, and its own files are gone.
fn mixed_up() -> (World, String, String) {
    let world = World::newsroom();
    let (jonas, edith) = (fingerprint(&world, "jonas"), fingerprint(&world, "edith"));
    std::fs::rename(world.path("keys/edith.pub"), world.path("keys/jonas.pub")).expect("renamed");
    std::fs::remove_file(world.path("keys/jonas")).expect("removed");
    (world, jonas, edith)
}

#[test]
fn a_word_that_means_a_key_file_and_another_holder_ends_no_key() {
    let (world, jonas, edith) = mixed_up();
    let size = world.size();
    for line in [
        "key revoke jonas --reason left --as mara",
        "key revoke jonas --reason compromised --distrust-from 1 --as mara",
        "key impact jonas",
        "claim add A. --claimant many --as jonas",
    ] {
        let refused = world.no(line, 4, "key-ambiguous");
        let message = refused["message"].as_str().expect("text");
        for named in [
            format!("jonas.pub is {edith} of edith"),
            format!("the holder jonas has {jonas} of jonas"),
        ] {
            assert!(message.contains(&named), "{line}: {message}");
        }
        let next = refused["next"].as_str().expect("text");
        assert!(next.contains("fingerprint") && next.contains("holder:NAME"));
    }
    assert_eq!(world.size(), size);
    // The fingerprint or the holder decides, and the answer names the holder.
    let impact = world.yes("key impact holder:jonas");
    assert_eq!(impact["fingerprint"], *jonas);
    let run = world.run("key revoke holder:jonas --reason left --as mara");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains(&format!(": jonas, {jonas} (left)")),
        "{}",
        run.out
    );
    assert_eq!(standing(&world, &edith), "enrolled");
    let run = world.run(&format!("key revoke {edith} --reason lost --as mara"));
    assert!(
        run.out.contains(&format!(": edith, {edith} (lost)")),
        "{}{}",
        run.out,
        run.err
    );
    world.clean("");
}

#[test]
fn a_name_whose_key_has_ended_offers_the_live_key_of_its_holder() {
    let world = World::newsroom();
    let old = fingerprint(&world, "jonas");
    world.yes("key new jonas-2027 --no-passphrase");
    world.yes("key rotate jonas --to jonas-2027");
    let live = fingerprint(&world, "jonas-2027");
    let refused = world.no("key revoke jonas --reason left --as mara", 4, "key-ended");
    let message = refused["message"].as_str().expect("text");
    assert!(
        message.contains(&format!("{old} of jonas"))
            && message.contains(&format!(
                "jonas signs with {live} of jonas (file jonas-2027.pub)"
            )),
        "{message}"
    );
    assert_eq!(standing(&world, &live), "enrolled");
    // What an ended key has signed can still be asked, and the key still be distrusted, by its fingerprint.
    assert_eq!(world.yes("key impact jonas")["fingerprint"], *old);
    world.yes(&format!(
        "key revoke {old} --reason compromised --distrust-from 4 --as mara"
    ));
    world.yes("key revoke holder:jonas --reason left --as mara");
    assert!(standing(&world, &live).starts_with("ended in entry"));
    let refused = world.no(
        "key revoke holder:jonas --reason left --as mara",
        4,
        "key-ended",
    );
    let message = refused["message"].as_str().expect("text");
    assert!(message.contains("jonas has no other key"), "{message}");
    world.clean("");
}

#[test]
fn a_holder_with_two_live_keys_is_asked_which() {
    let world = World::newsroom();
    world.yes("key new laptop --no-passphrase");
    world.yes("key enroll laptop --holder jonas --role reviewer --as mara");
    let (first, second) = (fingerprint(&world, "jonas"), fingerprint(&world, "laptop"));
    let refused = world.no(
        "key revoke holder:jonas --reason left --as mara",
        4,
        "key-ambiguous",
    );
    let message = refused["message"].as_str().expect("text");
    assert!(
        message.contains(&first) && message.contains(&second),
        "{message}"
    );
    // A key file of another name than its holder is no question, and people who sign with it are told whose it is.
    world.yes("claim add A. --claimant many --label one --as laptop");
    assert_eq!(world.yes("show one")["holder"], "jonas");
    world.yes(&format!(
        "claim add B. --claimant many --label two --as {second}"
    ));
    assert_eq!(world.yes("show two")["holder"], "jonas");
    world.yes("key revoke laptop --reason lost --as mara");
    assert_eq!(standing(&world, &first), "enrolled");
}

#[test]
fn an_odd_file_among_the_keys_hides_no_key() {
    let world = World::newsroom();
    let keys = world.yes("key list").as_array().expect("a list").len();
    let jonas = world.read("keys/jonas.pub");
    let certificate = format!("ssh-ed25519-cert-v01@openssh.com {}", &jonas[12..]);
    for (name, content) in [
        ("jonas-cert.pub", certificate.as_str()),
        ("rsa.pub", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 me\n"),
        ("empty.pub", ""),
        ("remark.pub", "# nothing here\n"),
        (
            "minisign.pub",
            "untrusted comment: minisign public key\nRWQf6LRCGA9i53\n",
        ),
        ("Not A Name.pub", jonas.as_str()),
    ] {
        world.file(&format!("keys/{name}"), content);
    }
    let mut odd = vec![
        "jonas-cert.pub",
        "rsa.pub",
        "empty.pub",
        "remark.pub",
        "minisign.pub",
        "Not A Name.pub",
        "folder.pub",
    ];
    std::fs::create_dir(world.path("keys/folder.pub")).expect("a folder");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", world.path("keys/dangling.pub")).expect("a link");
        let made = std::process::Command::new("mkfifo")
            .arg(world.path("keys/pipe.pub"))
            .status();
        assert!(made.expect("mkfifo").success());
        odd.extend(["dangling.pub", "pipe.pub"]);
    }
    let listed = world.run("key list --json");
    assert_eq!(listed.code, 0, "{}", listed.err);
    let lines: serde_json::Value = serde_json::from_str(&listed.out).expect("JSON");
    assert_eq!(lines.as_array().expect("a list").len(), keys);
    let doctor = world.run("doctor");
    assert_eq!(doctor.code, 0, "{}{}", doctor.out, doctor.err);
    for file in odd {
        assert!(
            listed.err.contains(&format!("note: {file} is left out: ")),
            "{file}\n{}",
            listed.err
        );
        assert!(
            doctor.out.contains(&format!("{file} is not used: ")),
            "{file}\n{}",
            doctor.out
        );
    }
    // Without --as the one private key is still found.
    for name in ["mara", "edith"] {
        std::fs::remove_file(world.path(&format!("keys/{name}"))).expect("removed");
    }
    world.yes("claim add A. --claimant many");
}

#[test]
fn a_key_file_that_would_take_for_ever_to_open_is_refused_at_once() {
    let world = World::newsroom();
    let key = ssh_key::PrivateKey::from_openssh(world.read("keys/jonas")).expect("a key");
    for (rounds, code) in [(1_025, "key-rounds"), (u32::MAX, "key-rounds")] {
        // The field stands in the clear part: a file with few rounds, and then others written into it.
        let kdf = ssh_key::Kdf::Bcrypt {
            salt: vec![7; 16],
            rounds: 1,
        };
        let sealed = key
            .encrypt_with(ssh_key::Cipher::Aes256Ctr, kdf, 7, "x")
            .expect("sealed");
        let mut bytes = sealed.to_bytes().expect("bytes").to_vec();
        let at = bytes
            .windows(20)
            .position(|w| w[..4] == [0, 0, 0, 16] && w[4..] == [7; 16]);
        let at = at.expect("the salt") + 20;
        bytes[at..at + 4].copy_from_slice(&u32::to_be_bytes(rounds));
        let text = data_encoding::BASE64.encode(&bytes);
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(70)
            .map(|line| std::str::from_utf8(line).expect("ASCII"))
            .collect();
        world.file(
            "keys/jonas",
            &format!(
                "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n",
                lines.join("\n")
            ),
        );
        let refused = world.no("claim add A. --claimant many --as jonas", 4, code);
        let message = refused["message"].as_str().expect("text");
        assert!(message.contains(&rounds.to_string()), "{message}");
    }
}

/// A command that signs, with an agent at this socket.
#[cfg(unix)]
fn with_agent(world: &World, socket: &str) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_claimledger"));
    command
        .args([
            "claim",
            "add",
            "A.",
            "--claimant",
            "many",
            "--as",
            "jonas",
            "--yes",
        ])
        .current_dir(world.path(""))
        .env_clear()
        .env("XDG_STATE_HOME", "state")
        .env("SSH_AUTH_SOCK", socket)
        .stdin(std::process::Stdio::null());
    command
}

/// What it says first.
#[cfg(unix)]
fn said_first(world: &World, socket: &str) -> String {
    use std::io::BufRead as _;
    let mut child = with_agent(world, socket)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program");
    let mut first = String::new();
    let errors = child.stderr.take().expect("piped");
    std::io::BufReader::new(errors)
        .read_line(&mut first)
        .expect("a line");
    child.kill().expect("a kill");
    child.wait().expect("its end");
    first
}

#[cfg(unix)]
#[test]
fn a_silent_agent_is_waited_for_and_the_program_says_so() {
    let world = World::newsroom();
    let _silent = std::os::unix::net::UnixListener::bind(world.path("agent")).expect("a socket");
    let first = said_first(&world, "agent");
    assert!(
        first.contains("waiting at most two minutes for the ssh-agent"),
        "{first}"
    );
}

#[cfg(unix)]
#[test]
fn an_agent_that_accepts_no_connection_is_waited_for_too() {
    use std::os::unix::net::{UnixListener, UnixStream};
    let world = World::newsroom();
    let listener = UnixListener::bind(world.path("agent")).expect("a socket");
    rustix::net::listen(&listener, 0).expect("a shorter queue");
    let _queued = UnixStream::connect(world.path("agent")).expect("a connection");
    let first = said_first(&world, "agent");
    // Some systems refuse at once when the queue is full; then there is no agent.
    assert!(
        cfg!(not(target_os = "linux")) || first.contains("waiting at most two minutes"),
        "{first}"
    );
}

#[cfg(unix)]
#[test]
fn a_dead_agent_is_none() {
    let world = World::newsroom();
    drop(std::os::unix::net::UnixListener::bind(world.path("dead")).expect("a socket"));
    world.file("plain", "");
    let long = "a".repeat(300);
    for socket in ["dead", "plain", "gone", "keys", &long] {
        let run = with_agent(&world, socket).output().expect("the program");
        let said = String::from_utf8(run.stderr).expect("UTF-8");
        assert!(run.status.success(), "{socket}: {said}");
        assert!(!said.contains("agent"), "{socket}: {said}");
    }
}
