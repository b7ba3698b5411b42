//! A recovery request in a few lines.

use crate::app::keys::recovery::RecoveryRequest;

/// Who becomes admin, which keys end, and how many have signed.
pub fn render_text(request: &RecoveryRequest, file: &str) -> String {
    let mut text = format!(
        "{file}: {} of {} becomes admin by {}\n",
        request.holder,
        request.origin,
        request.key.fingerprint()
    );
    for revoked in &request.revoked {
        text.push_str(&format!(
            "  revokes {}, not trusted from entry {} on\n",
            revoked.key.fingerprint(),
            revoked.distrust_from
        ));
    }
    text.push_str(&format!(
        "  signed by {} of {} recovery keys; {} required\n",
        request.signatures.len(),
        request.recovery_keys.len(),
        request.threshold
    ));
    text
}
