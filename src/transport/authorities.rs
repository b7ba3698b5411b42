//! Who vouches for servers: Mozilla's list of certificate authorities, or those that a person names instead.

use crate::host::files;
use std::path::PathBuf;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// The certificate authorities that a client trusts: by default Mozilla's list.
#[derive(Debug, Clone, Default)]
pub struct Authorities(Option<PathBuf>);

impl Authorities {
    /// Those in a PEM file (RFC 7468), and no others. The file is read when a client is made.
    pub fn in_file(file: PathBuf) -> Self {
        Self(Some(file))
    }

    /// How many certificates the file has; `None` without a file.
    pub fn count(&self) -> Option<usize> {
        self.certificates().map(|found| found.len())
    }

    /// A file that cannot be read has no certificates: then no server is trusted.
    fn certificates(&self) -> Option<Vec<Certificate<'static>>> {
        let pem = files::read(self.0.as_ref()?).unwrap_or_default();
        let items = parse_pem(&pem).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        Some(items.collect())
    }

    pub(super) fn tls(&self) -> TlsConfig {
        let roots = self.certificates().map(RootCerts::from);
        TlsConfig::builder()
            .root_certs(roots.unwrap_or(RootCerts::WebPki))
            .build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_names_nobody() {
        assert_eq!(Authorities::default().count(), None);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        assert_eq!(Authorities::in_file(file.clone()).count(), Some(0));
        let key = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
        for text in ["", "text", key] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(
                Authorities::in_file(file.clone()).count(),
                Some(0),
                "{text}"
            );
        }
    }
}
