//! Hosts whose certificate comes from a house's own certificate authority, over real TLS.

use crate::commands::world::World;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A new certificate authority of a house.
fn authority(house: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let name = rcgen::DnType::CommonName;
    params.distinguished_name.push(name, house);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Serves a folder at `https://localhost:PORT`, with a certificate by this authority for the host `name`.
fn serve(folder: PathBuf, by: &CertifiedIssuer<'static, KeyPair>, name: &str) -> String {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, by).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (config, folder) = (Arc::clone(&config), folder.clone());
            // A client that does not trust this certificate ends the connection.
            std::thread::spawn(move || answer(stream.unwrap(), config, &folder));
        }
    });
    format!("https://localhost:{}", address.port())
}

fn answer(stream: TcpStream, config: Arc<ServerConfig>, folder: &Path) -> std::io::Result<()> {
    let tls = ServerConnection::new(config).expect("a configuration");
    let mut stream = StreamOwned::new(tls, stream);
    let mut request = Vec::new();
    let mut one = [0];
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut one)?;
        request.push(one[0]);
    }
    let request = String::from_utf8(request).expect("UTF-8");
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (status, body) = match std::fs::read(folder.join(path.trim_start_matches('/'))) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), &body].concat())?;
    stream.conn.send_close_notify();
    stream.flush()
}

#[test]
fn a_private_authority_is_trusted_if_it_is_named_and_only_for_its_hosts() {
    let world = World::with_verdict();
    world.yes("export public --yes");
    let (house, other) = (authority("Our house"), authority("Another house"));
    world.file("ca.pem", &house.pem());
    world.file("other.pem", &other.pem());
    world.file("both.pem", &[other.pem(), house.pem()].concat());
    let url = serve(world.path("public"), &house, "localhost");
    let elsewhere = serve(world.path("public"), &house, "mirror.example");
    for command in [
        "audit URL",
        "checkpoint --ledger URL",
        "pull URL",
        "mirror add one URL",
    ] {
        for (url, options, refusal) in [
            (&url, "--ca-file PEM/ca.pem", None),
            (&url, "--ca-file PEM/both.pem", None),
            (&url, "", Some("UnknownIssuer")),
            (&url, "--ca-file PEM/other.pem", Some("UnknownIssuer")),
            (&elsewhere, "--ca-file PEM/ca.pem", Some("not valid for")),
        ] {
            let reader = World::new();
            let folder = world.path("");
            let line = format!("{} {options}", command.replace("URL", url));
            let line = line.replace("PEM/", folder.to_str().expect("UTF-8"));
            let run = reader.run(&line);
            let exit = if refusal.is_some() { 3 } else { 0 };
            assert_eq!(run.code, exit, "{line}: {}", run.err);
            let Some(reason) = refusal else { continue };
            for part in [reason, "[network]", "--ca-file"] {
                assert!(run.err.contains(part), "{line}: {}", run.err);
            }
            assert!(run.out.is_empty(), "{line}: {}", run.out);
        }
    }
}
