//! The short signed statement in a document's QR code: an address that leads to the verification page and proves, by
//! itself, who issued which number for which facts. Anyone who has the public key can check it, in the browser too.
//!
//! `https://domain/verify/{key id}/{number}/{digest}/{signature}`: the domain first, because it is what a person can
//! judge; the signature (Ed25519) covers every character before it. The key's id is its fingerprint, so that a statement
//! holds with this one key, whatever the answer names so. The digest is SHA-256 over the facts
//! ([`Claim::canonical`](super::model::Claim::canonical)); digest and signature are base64url.

use super::model::Claim;
use crate::base::text::url_escape;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where statements lead to, on every installation.
const PAGE: &str = "/verify/";
/// Bytes of a digest that are a fingerprint: too many to find a second key for.
const FINGERPRINT: usize = 10;

/// A statement as it was read; [`verify`] says whether it is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `https://xuke.example.org`
    pub origin: String,
    /// Which key signed it.
    pub key: String,
    /// 证书编号、文号
    pub number: String,
    digest: [u8; 32],
    signature: [u8; 64],
}

/// A public key that statements are checked with; a retired one still checks what it signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    pub id: String,
    pub key: [u8; 32],
}

impl PublicKey {
    /// Whether it may answer to its id: one of this length is the fingerprint of its key. Ids from before are words like `k1`.
    fn is_itself(&self) -> bool {
        self.id.len() != 2 * FINGERPRINT || self.id == fingerprint(&self.key)
    }
}

/// What a public key is called, in hexadecimal.
fn fingerprint(key: &[u8; 32]) -> String {
    Sha256::digest(key)[..FINGERPRINT].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why a statement does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// It is not one of these statements.
    Malformed,
    /// It names another site: the one it names.
    OtherSite(String),
    /// Its key is not among those given.
    UnknownKey,
    /// Something in it was changed, or somebody else made it.
    Forged,
    /// It is genuine, but says something else than these facts.
    OtherFacts,
}

impl Statement {
    /// Reads a statement strictly: there is one way only to write each.
    pub fn read(text: &str) -> Option<Statement> {
        let (origin, rest) = text.split_once(PAGE)?;
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
        let parts: Vec<&str> = rest.split('/').collect();
        let [key, number, digest, signature] = parts.as_slice() else { return None };
        let statement = Statement {
            origin: origin.to_owned(),
            key: (*key).to_owned(),
            number: unescape(number)?,
            digest: URL_SAFE_NO_PAD.decode(digest).ok()?.try_into().ok()?,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?.try_into().ok()?,
        };
        let is_sound = is_word(key, 20, "") && is_word(host, 200, ".-:[]") && !statement.number.is_empty() && statement.number.len() <= 60;
        (is_sound && statement.text() == text).then_some(statement)
    }

    /// The statement as it is printed.
    pub fn text(&self) -> String {
        format!("{}/{}", self.signed_part(), URL_SAFE_NO_PAD.encode(self.signature))
    }

    /// What the signature covers.
    fn signed_part(&self) -> String {
        format!("{}{PAGE}{}/{}/{}", self.origin, self.key, url_escape(&self.number), URL_SAFE_NO_PAD.encode(self.digest))
    }
}

fn is_word(text: &str, longest: usize, signs: &str) -> bool {
    !text.is_empty() && text.len() <= longest && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

/// The text behind percent-encoding.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let (hex, after) = after.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether `origin` issued the statement with one of these keys. Answers what was read.
///
/// # Errors
/// Why it does not hold.
pub fn verify(text: &str, origin: &str, keys: &[PublicKey]) -> Result<Statement, Doubt> {
    let statement = Statement::read(text).ok_or(Doubt::Malformed)?;
    if statement.origin != origin {
        return Err(Doubt::OtherSite(statement.origin));
    }
    let key = keys.iter().find(|key| key.id == statement.key && key.is_itself()).ok_or(Doubt::UnknownKey)?;
    let key = VerifyingKey::from_bytes(&key.key).map_err(|_| Doubt::UnknownKey)?;
    let signature = Signature::from_bytes(&statement.signature);
    key.verify_strict(statement.signed_part().as_bytes(), &signature).map_err(|_| Doubt::Forged)?;
    Ok(statement)
}

impl Statement {
    /// Whether a true statement is about these facts.
    ///
    /// # Errors
    /// [`Doubt::OtherFacts`] if it is about others.
    pub fn agrees(&self, claim: &Claim) -> Result<(), Doubt> {
        if digest(claim) == self.digest { Ok(()) } else { Err(Doubt::OtherFacts) }
    }
}

fn digest(claim: &Claim) -> [u8; 32] {
    Sha256::digest(claim.canonical().as_bytes()).into()
}

#[cfg(feature = "ssr")]
pub use signer::Signer;

#[cfg(feature = "ssr")]
mod signer {
    use super::{PublicKey, Statement, digest, fingerprint};
    use crate::document::model::Claim;
    use crate::server::keys::Ring;
    use ed25519_dalek::{Signer as _, SigningKey};

    /// Signs statements with the current key of a ring; its older keys only check.
    pub struct Signer {
        origin: String,
        ring: Ring,
    }

    impl Signer {
        /// A signer for an installation at this address.
        pub fn new(origin: &str, ring: Ring) -> Signer {
            Signer { origin: origin.to_owned(), ring }
        }

        /// What the key is called that is made of a seed.
        pub fn name(seed: &[u8; 32]) -> String {
            fingerprint(&SigningKey::from_bytes(seed).verifying_key().to_bytes())
        }

        /// The address statements name.
        pub fn origin(&self) -> &str {
            &self.origin
        }

        /// States these facts.
        pub fn sign(&self, claim: &Claim) -> String {
            let (id, seed) = self.ring.current();
            let mut statement =
                Statement { origin: self.origin.clone(), key: id.to_owned(), number: claim.number.clone(), digest: digest(claim), signature: [0; 64] };
            statement.signature = SigningKey::from_bytes(seed).sign(statement.signed_part().as_bytes()).to_bytes();
            statement.text()
        }

        /// The public keys, the current one first.
        pub fn public_keys(&self) -> Vec<PublicKey> {
            self.ring.iter().map(|(id, seed)| PublicKey { id: id.to_owned(), key: SigningKey::from_bytes(seed).verifying_key().to_bytes() }).collect()
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::document::model::Kind;
    use crate::server::keys::Ring;

    const ORIGIN: &str = "https://xuke.example.org";

    fn claim() -> Claim {
        let text = str::to_owned;
        Claim {
            kind: Kind::InstitutionApproval,
            title: text("特种设备检验检测机构核准证"),
            number: text("TS7Ⅶ61001-2030"),
            issuer: text("陕西省市场监督管理局"),
            holder: text("西安某某检测有限公司"),
            code: text("91610112MA6TXXXX0X"),
            subject: text("DT1"),
            date: text("2026-11-23"),
            valid_to: text("2030-11-22"),
        }
    }

    fn signer(id: &str) -> Signer {
        Signer::new(ORIGIN, Ring::of(id, [7; 32]))
    }

    #[test]
    fn what_was_signed_is_read_and_holds() {
        let signer = signer("k1");
        let text = signer.sign(&claim());
        assert!(text.starts_with("https://xuke.example.org/verify/k1/TS7%E2%85%A661001-2030/"), "{text}");
        let statement = verify(&text, ORIGIN, &signer.public_keys()).unwrap();
        assert_eq!(statement.number, "TS7Ⅶ61001-2030");
        assert_eq!(statement.agrees(&claim()), Ok(()));
        assert_eq!(text, signer.sign(&claim()), "the same facts, the same statement");
    }

    #[test]
    fn other_facts_are_not_vouched_for() {
        let signer = signer("k1");
        let statement = verify(&signer.sign(&claim()), ORIGIN, &signer.public_keys()).unwrap();
        let changes: [fn(&mut Claim); 9] = [
            |c| c.kind = Kind::ProductionLicence,
            |c| c.title.push('x'),
            |c| c.number.push('x'),
            |c| c.issuer.push('x'),
            |c| c.holder.push('x'),
            |c| c.code.push('x'),
            |c| c.subject.push('x'),
            |c| c.date = "2026-11-24".into(),
            |c| c.valid_to = "2031-11-22".into(),
        ];
        for change in changes {
            let mut other = claim();
            change(&mut other);
            assert_eq!(statement.agrees(&other), Err(Doubt::OtherFacts), "{other:?}");
        }
    }

    /// Every character matters: whatever is replaced, nothing else is accepted as ours.
    #[test]
    fn no_character_can_be_changed() {
        let signer = signer("k1");
        let keys = signer.public_keys();
        let text = signer.sign(&claim());
        for at in 0..text.len() {
            for other in ["A", "b", "0", "-", "/", ""] {
                let mut forged = text.clone();
                forged.replace_range(at..=at, other);
                if forged != text {
                    assert!(verify(&forged, ORIGIN, &keys).is_err(), "{at} {other}: {forged}");
                }
            }
        }
    }

    #[test]
    fn doubts_are_told_apart() {
        let signer = signer("k1");
        let keys = signer.public_keys();
        let text = signer.sign(&claim());
        let other_site = text.replace("xuke.example.org", "xuke.example.net");
        let other_seed = Signer::new(ORIGIN, Ring::of("k1", [8; 32]));
        for (text, expected) in [
            (other_site.clone(), Doubt::OtherSite("https://xuke.example.net".into())),
            (text.replace("/k1/", "/k2/"), Doubt::UnknownKey),
            (text.replace("61001", "61002"), Doubt::Forged),
            (other_seed.sign(&claim()), Doubt::Forged),
            (format!("{text}/"), Doubt::Malformed),
            (format!(" {text}"), Doubt::Malformed),
            (text.replace("%E2", "%e2"), Doubt::Malformed),
            (text.replace("https", "ftp"), Doubt::Malformed),
            (text.replace("/verify/", "/check/"), Doubt::Malformed),
            (String::new(), Doubt::Malformed),
        ] {
            assert_eq!(verify(&text, ORIGIN, &keys), Err(expected), "{text}");
        }
        // Whoever copies our statement to a site of theirs has no signature for it.
        assert_eq!(verify(&other_site, "https://xuke.example.net", &keys), Err(Doubt::Forged));
    }

    #[test]
    fn a_new_key_signs_and_the_old_one_still_checks() {
        let old = signer("k1").sign(&claim());
        let mut ring = Ring::of("k1", [7; 32]);
        ring.push("k2", [9; 32]);
        let rotated = Signer::new(ORIGIN, ring);
        let new = rotated.sign(&claim());
        assert!(new.contains("/k2/"));
        for text in [&old, &new] {
            assert!(verify(text, ORIGIN, &rotated.public_keys()).is_ok(), "{text}");
        }
        assert_eq!(verify(&new, ORIGIN, &signer("k1").public_keys()), Err(Doubt::UnknownKey));
    }

    /// Whoever answers with a key of their own under the name of ours is not believed.
    #[test]
    fn a_name_belongs_to_one_key() {
        let (ours, theirs) = (Signer::name(&[7; 32]), Ring::of(&Signer::name(&[7; 32]), [8; 32]));
        let text = signer(&ours).sign(&claim());
        assert_eq!(verify(&text, ORIGIN, &signer(&ours).public_keys()).map(|read| read.key), Ok(ours.clone()));
        let theirs = Signer::new(ORIGIN, theirs);
        assert_eq!(verify(&theirs.sign(&claim()), ORIGIN, &theirs.public_keys()), Err(Doubt::UnknownKey));
    }

    /// The line of a stolen key is taken away and a new one made: whatever it signed has no key then, and nothing genuine looks forged.
    #[test]
    fn what_an_older_key_signed_is_never_called_forged() {
        for taken in [0, 1, 2] {
            let folder = std::env::temp_dir().join(format!("xuke-signing-{}", crate::server::ids::incident()));
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join("signing.txt");
            let ring = || Ring::load(&path, Signer::name).unwrap();
            let signer = || Signer::new(ORIGIN, ring());
            // The oldest is one from before, in whose name is a count.
            let first = ring();
            std::fs::write(&path, std::fs::read_to_string(&path).unwrap().replace(first.current().0, "k1")).unwrap();
            let mut signed = vec![signer().sign(&claim())];
            for _ in 0..2 {
                ring().rotate(&path, Signer::name).unwrap();
                signed.insert(0, signer().sign(&claim()));
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let left: Vec<&str> = text.lines().enumerate().filter(|(n, _)| *n != taken).map(|(_, line)| line).collect();
            std::fs::write(&path, left.join("\n")).unwrap();
            ring().rotate(&path, Signer::name).unwrap();
            let keys = signer().public_keys();
            for (n, text) in signed.iter().enumerate() {
                let held = verify(text, ORIGIN, &keys).map(drop);
                assert_eq!(held, if n == taken { Err(Doubt::UnknownKey) } else { Ok(()) }, "{n} of which {taken} was taken");
            }
            assert!(verify(&signer().sign(&claim()), ORIGIN, &keys).is_ok());
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}
