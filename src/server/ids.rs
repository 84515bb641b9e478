//! The only place that makes ids and secrets.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// `N` bytes nobody can guess. A system without randomness must not go on.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::error!("the system has no randomness");
        std::process::abort();
    }
    bytes
}

/// A new id that sorts by time (UUIDv7).
pub fn new(now: i64) -> String {
    let millis = u64::try_from(now).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random::<10>()).into_uuid().to_string()
}

/// A secret for a cookie or a link; 256 bits, safe in both.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// What of a token is stored.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Six digits, each equally likely.
pub fn six_digits() -> String {
    // 2^32 is not a multiple of a million; the bias is below one in four thousand and worth nothing to a guesser of five tries.
    format!("{:06}", u32::from_be_bytes(random::<4>()) % 1_000_000)
}

/// A number below `bound`.
pub fn below(bound: u32) -> usize {
    (u32::from_be_bytes(random::<4>()) % bound) as usize
}

/// The number of an incident, short enough to be read out on the telephone.
pub fn incident() -> String {
    hex(&random::<4>()).to_uppercase()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
