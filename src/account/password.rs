//! Password hashes: argon2id, 19 MiB, 2 passes, 1 lane (the OWASP minimum of 2024); a hash with other parameters is made
//! anew at the next sign-in.

use crate::error::{OrBroken, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password on this thread; for start-up and commands.
///
/// # Errors
/// None that a person can mend.
pub fn hash_now(password: &str) -> Result<String> {
    let salt = SaltString::encode_b64(&crate::server::ids::random::<16>()).map_err(std::io::Error::other).broken()?;
    Ok(hasher().hash_password(password.as_bytes(), &salt).map_err(std::io::Error::other).broken()?.to_string())
}

/// Hashes a password away from the threads that serve requests.
pub async fn hash(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || hash_now(&password)).await.broken()?
}

/// Whether a password fits a hash.
pub async fn fits(password: String, hash: String) -> Result<bool> {
    tokio::task::spawn_blocking(move || PasswordHash::new(&hash).is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())).await.broken()
}

/// Whether a hash was made with other parameters than today's.
pub fn is_stale(hash: &str) -> bool {
    let today = format!("m={MEMORY_KIB},t={PASSES},p={LANES}");
    !hash.contains(&today) || !hash.starts_with("$argon2id$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_fit_their_password_only_and_know_their_age() {
        let hash = hash_now("Aa1!aaaa").unwrap();
        assert!(!is_stale(&hash));
        assert!(is_stale("$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA"));
        let parsed = PasswordHash::new(&hash).unwrap();
        assert!(hasher().verify_password(b"Aa1!aaaa", &parsed).is_ok());
        assert!(hasher().verify_password(b"Aa1!aaab", &parsed).is_err());
    }
}
