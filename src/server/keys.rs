//! Key files, and what seals personal ids at rest (AES-256-GCM-SIV) with keyed digests to find them by. The first key of
//! a file is the current one; older ones still open what they sealed. `xuke rotate-keys` adds a key and seals anew.

use crate::error::{AppError, Result};
use crate::server::ids;
use aes_gcm_siv::aead::Aead;
use aes_gcm_siv::{Aes256GcmSiv, KeyInit, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::path::Path;

/// Named keys of 32 bytes, the current one first: the form of every key file of ours.
pub struct Ring(Vec<(String, [u8; 32])>);

impl Ring {
    /// Reads a key file, one `id base64` a line; makes one with a first key if there is none.
    ///
    /// # Errors
    /// An unreadable file or a line that is not a key, with its number.
    pub fn load(path: &Path) -> std::io::Result<Ring> {
        if !path.exists() {
            let ring = Ring(vec![("k1".into(), ids::random())]);
            ring.store(path)?;
            return Ok(ring);
        }
        let text = std::fs::read_to_string(path)?;
        let ring = text.lines().filter(|l| !l.trim().is_empty()).enumerate().map(|(n, line)| {
            let bad = || std::io::Error::other(format!("{}: line {} is not `id base64-of-32-bytes`", path.display(), n + 1));
            let (id, key) = line.split_once(' ').ok_or_else(bad)?;
            let key = STANDARD_NO_PAD.decode(key.trim().trim_end_matches('=')).map_err(|_| bad())?;
            Ok((id.to_owned(), key.try_into().map_err(|_| bad())?))
        });
        let ring = ring.collect::<std::io::Result<Vec<_>>>()?;
        if ring.is_empty() { Err(std::io::Error::other(format!("{}: no key in it", path.display()))) } else { Ok(Ring(ring)) }
    }

    /// A ring of one key, held nowhere.
    #[cfg(test)]
    pub fn of(id: &str, key: [u8; 32]) -> Ring {
        Ring(vec![(id.to_owned(), key)])
    }

    /// Puts a new current key in front and writes the file.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn rotate(&mut self, path: &Path) -> std::io::Result<()> {
        self.push(&format!("k{}", self.0.len() + 1), ids::random());
        self.store(path)
    }

    /// Puts a current key in front.
    pub fn push(&mut self, id: &str, key: [u8; 32]) {
        self.0.insert(0, (id.to_owned(), key));
    }

    fn store(&self, path: &Path) -> std::io::Result<()> {
        let text: String = self.0.iter().map(|(id, key)| format!("{id} {}\n", STANDARD_NO_PAD.encode(key))).collect();
        let fresh = path.with_extension("new");
        std::fs::write(&fresh, text)?;
        #[cfg(unix)]
        std::fs::set_permissions(&fresh, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        std::fs::rename(fresh, path)
    }

    /// The key in use.
    pub fn current(&self) -> (&str, &[u8; 32]) {
        let (id, key) = &self.0[0];
        (id, key)
    }

    /// All keys, the current one first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8; 32])> {
        self.0.iter().map(|(id, key)| (id.as_str(), key))
    }
}

/// The keys that seal personal ids.
pub struct Keys(Ring);

impl Keys {
    /// Keys of a key file.
    ///
    /// # Errors
    /// As [`Ring::load`].
    pub fn load(path: &Path) -> std::io::Result<Keys> {
        Ring::load(path).map(Keys)
    }

    /// As [`Ring::rotate`].
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn rotate(&mut self, path: &Path) -> std::io::Result<()> {
        self.0.rotate(path)
    }

    /// Seals a text: `key-id:base64(nonce ‖ ciphertext)`. Nothing stays nothing.
    pub fn seal(&self, plain: &str) -> String {
        if plain.is_empty() {
            return String::new();
        }
        let (id, key) = self.0.current();
        let nonce = ids::random::<12>();
        let sealed = Aes256GcmSiv::new(key.into()).encrypt(Nonce::from_slice(&nonce), plain.as_bytes()).unwrap_or_default();
        format!("{id}:{}", STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what [`Keys::seal`] made.
    ///
    /// # Errors
    /// [`AppError::Broken`] if the key is gone or the text was changed.
    pub fn open(&self, sealed: &str) -> Result<String> {
        if sealed.is_empty() {
            return Ok(String::new());
        }
        let open = || {
            let (id, body) = sealed.split_once(':')?;
            let (_, key) = self.0.iter().find(|(k, _)| *k == id)?;
            let body = STANDARD_NO_PAD.decode(body).ok()?;
            let (nonce, text) = body.split_at_checked(12)?;
            String::from_utf8(Aes256GcmSiv::new(key.into()).decrypt(Nonce::from_slice(nonce), text).ok()?).ok()
        };
        open().ok_or_else(|| {
            let id = ids::incident();
            tracing::error!(incident = id, "a sealed value cannot be opened: is the key file the right one?");
            AppError::Broken(id)
        })
    }

    /// Whether a sealed text was made with the current key.
    pub fn is_current(&self, sealed: &str) -> bool {
        sealed.is_empty() || sealed.split_once(':').is_some_and(|(id, _)| id == self.0.current().0)
    }

    /// A keyed digest to find a secret by, or to keep a short code by. It uses the oldest key, so that a rotation keeps it.
    pub fn digest(&self, purpose: &str, text: &str) -> String {
        let Some((_, key)) = self.0.iter().last() else { return String::new() };
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else { return String::new() };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        ids::hex(&mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals_opens_and_survives_rotation() {
        let dir = std::env::temp_dir().join(format!("xuke-keys-{}", ids::incident()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("keys.txt");
        let mut keys = Keys::load(&path).unwrap();
        let sealed = keys.seal("11010519491231002X");
        let digest = keys.digest("id", "11010519491231002X");
        assert!(!sealed.contains("1949"));
        assert_ne!(sealed, keys.seal("11010519491231002X"), "equal ids must not look equal");
        keys.rotate(&path).unwrap();
        assert!(!keys.is_current(&sealed));
        let again = Keys::load(&path).unwrap();
        assert_eq!(again.open(&sealed).unwrap(), "11010519491231002X");
        assert_eq!(again.digest("id", "11010519491231002X"), digest);
        assert!(again.open(&sealed.replace(':', ":A")).is_err());
        std::fs::remove_dir_all(dir).unwrap();
    }
}
