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

/// How a key gets its name. What is sealed or signed names its key, so no two keys may ever have one name, also not when one of them
/// was taken out of the file long ago: a name does not count, it comes from the key itself or from chance.
pub type Name = fn(&[u8; 32]) -> String;

/// Named keys of 32 bytes, the current one first: the form of every key file of ours.
pub struct Ring(Vec<(String, [u8; 32])>);

impl Ring {
    /// Reads a key file, one `id base64` a line; makes one with a first key if there is none.
    ///
    /// # Errors
    /// An unreadable file, a line that is not a key, or a name that stands there twice, with its number.
    pub fn load(path: &Path, name: Name) -> std::io::Result<Ring> {
        let mut ring = Ring(Vec::new());
        if !path.exists() {
            ring.rotate(path, name)?;
            return Ok(ring);
        }
        let text = std::fs::read_to_string(path)?;
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |what: String| std::io::Error::other(format!("{}: line {} {what}", path.display(), n + 1));
            let (id, key) = entry(line).ok_or_else(|| wrong("is not `id base64-of-32-bytes`".to_owned()))?;
            if ring.iter().any(|(known, _)| known == id) {
                let twice = "has the name of a key above, and nobody can tell which of the two sealed or signed what; take the one away that did not";
                return Err(wrong(format!("({id}) {twice}")));
            }
            ring.0.push((id.to_owned(), key));
        }
        if ring.0.is_empty() { Err(std::io::Error::other(format!("{}: no key in it", path.display()))) } else { Ok(ring) }
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
    pub fn rotate(&mut self, path: &Path, name: Name) -> std::io::Result<()> {
        let key = ids::random();
        self.push(&name(&key), key);
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

/// A line of a key file.
fn entry(line: &str) -> Option<(&str, [u8; 32])> {
    let (id, key) = line.split_once(' ')?;
    Some((id, STANDARD_NO_PAD.decode(key.trim().trim_end_matches('=')).ok()?.try_into().ok()?))
}

/// The name of a key that seals is chance: it stands beside what is sealed, and tells nothing of the key.
fn chance(_: &[u8; 32]) -> String {
    ids::hex(&ids::random::<8>())
}

/// The keys that seal personal ids.
pub struct Keys(Ring);

impl Keys {
    /// Keys of a key file.
    ///
    /// # Errors
    /// As [`Ring::load`].
    pub fn load(path: &Path) -> std::io::Result<Keys> {
        Ring::load(path, chance).map(Keys)
    }

    /// As [`Ring::rotate`].
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn rotate(&mut self, path: &Path) -> std::io::Result<()> {
        self.0.rotate(path, chance)
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
    use std::path::PathBuf;

    /// A key file that is not there yet, in a folder of its own.
    fn key_file() -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xuke-keys-{}", ids::hex(&ids::random::<8>())));
        std::fs::create_dir_all(&folder).unwrap();
        folder.join("keys.txt")
    }

    fn gone(path: &Path) {
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn seals_opens_and_survives_rotation() {
        let path = key_file();
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
        gone(&path);
    }

    /// A line taken away leaves its name to nobody: what it sealed is told to have no key, and what the others sealed is opened.
    #[test]
    fn a_name_that_is_gone_comes_to_no_other_key() {
        for taken in [0, 1] {
            let path = key_file();
            let mut keys = Keys::load(&path).unwrap();
            let older = keys.seal("older");
            keys.rotate(&path).unwrap();
            // The current key is the first line.
            let sealed = [keys.seal("newer"), older];
            let text = std::fs::read_to_string(&path).unwrap();
            let left: Vec<&str> = text.lines().enumerate().filter(|(n, _)| *n != taken).map(|(_, line)| line).collect();
            std::fs::write(&path, left.join("\n")).unwrap();
            Keys::load(&path).unwrap().rotate(&path).unwrap();
            let keys = Keys::load(&path).unwrap();
            for (n, sealed) in sealed.iter().enumerate() {
                assert_eq!(keys.open(sealed).is_ok(), n != taken, "{n} of which {taken} was taken");
                assert!(!keys.is_current(sealed), "{n} of which {taken} was taken");
            }
            gone(&path);
        }
    }

    #[test]
    fn a_file_that_is_wrong_is_refused_with_its_line() {
        let path = key_file();
        Keys::load(&path).unwrap();
        let line = std::fs::read_to_string(&path).unwrap();
        let old = format!("k1 {}", line.split_once(' ').unwrap().1);
        for (text, told) in [
            (format!("{line}\n{old}{line}"), Some("line 4 (")),
            (format!("{old}nonsense\n"), Some("line 2 is not")),
            (format!("{line}{old}"), None),
            (String::new(), Some("no key in it")),
        ] {
            std::fs::write(&path, &text).unwrap();
            let error = Keys::load(&path).err().map(|error| error.to_string());
            assert_eq!(error.is_some(), told.is_some(), "{text}: {error:?}");
            assert!(told.is_none_or(|told| error.is_some_and(|error| error.contains(told))), "{text}");
        }
        gone(&path);
    }
}
