//! The server's side of the two-factor password, <https://core.telegram.org/api/srp>.

use num_bigint::BigUint;
use pbkdf2::pbkdf2_hmac;
use sha2::{Digest, Sha256, Sha512};

use crate::seed::Stream;

/// The generator that goes with [`PRIME`].
pub(crate) const GENERATOR: u8 = 3;
const ROUNDS: u32 = 100_000;

/// The 2048-bit safe prime that Telegram's servers announce.
const PRIME_HEX: &str = concat!(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f",
    "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37",
    "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64",
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4",
    "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754",
    "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4",
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f",
    "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
);

/// What the server keeps of a password.
#[derive(Clone, Debug)]
pub(crate) struct Verifier {
    pub(crate) salt1: Vec<u8>,
    pub(crate) salt2: Vec<u8>,
    v: BigUint,
}

/// One challenge: the server's ephemeral secret and its public value.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    pub(crate) id: i64,
    /// `g_b`, 256 bytes.
    pub(crate) public: Vec<u8>,
    secret: BigUint,
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    parts
        .iter()
        .fold(Sha256::new(), |hash, part| hash.chain_update(part))
        .finalize()
        .into()
}

fn padded(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let mut out = vec![0; 256_usize.saturating_sub(bytes.len())];
    out.extend(bytes);
    out
}

/// The prime as 256 bytes.
pub(crate) fn prime_bytes() -> Vec<u8> {
    hex::decode(PRIME_HEX).unwrap_or_default()
}

fn prime() -> BigUint {
    BigUint::from_bytes_be(&prime_bytes())
}

fn multiplier() -> BigUint {
    let generator = padded(&BigUint::from(GENERATOR));
    BigUint::from_bytes_be(&sha256(&[&prime_bytes(), &generator]))
}

/// `PH2` of the protocol.
fn password_hash(password: &str, salt1: &[u8], salt2: &[u8]) -> BigUint {
    let salted = |data: &[u8], salt: &[u8]| sha256(&[salt, data, salt]);
    let first = salted(&salted(password.as_bytes(), salt1), salt2);
    let mut derived = [0; 64];
    pbkdf2_hmac::<Sha512>(&first, salt1, ROUNDS, &mut derived);
    BigUint::from_bytes_be(&salted(&derived, salt2))
}

impl Verifier {
    /// The verifier of a password, with salts from the stream.
    pub(crate) fn new(password: &str, stream: &mut Stream) -> Self {
        let (mut salt1, mut salt2) = (vec![0; 40], vec![0; 16]);
        stream.fill(&mut salt1);
        stream.fill(&mut salt2);
        let x = password_hash(password, &salt1, &salt2);
        let v = BigUint::from(GENERATOR).modpow(&x, &prime());
        Self { salt1, salt2, v }
    }

    /// A fresh challenge.
    pub(crate) fn challenge(&self, stream: &mut Stream) -> Challenge {
        let mut secret = [0; 256];
        stream.fill(&mut secret);
        let secret = BigUint::from_bytes_be(&secret);
        let p = prime();
        let public = (multiplier() * &self.v + BigUint::from(GENERATOR).modpow(&secret, &p)) % &p;
        Challenge {
            id: (stream.bits() >> 1) as i64,
            public: padded(&public),
            secret,
        }
    }

    /// Whether the client's proof (`A`, `M1`) shows that it knows the password.
    pub(crate) fn check(&self, challenge: &Challenge, a: &[u8], proof: &[u8]) -> bool {
        let p = prime();
        let client = BigUint::from_bytes_be(a);
        if (&client % &p) == BigUint::ZERO {
            return false;
        }
        let a = padded(&client);
        let u = BigUint::from_bytes_be(&sha256(&[&a, &challenge.public]));
        let shared = (client * self.v.modpow(&u, &p)).modpow(&challenge.secret, &p);
        let key = sha256(&[&padded(&shared)]);
        let generator = padded(&BigUint::from(GENERATOR));
        let (hash_p, hash_g) = (sha256(&[&prime_bytes()]), sha256(&[&generator]));
        let mixed: Vec<u8> = hash_p
            .iter()
            .zip(hash_g)
            .map(|(left, right)| left ^ right)
            .collect();
        let salts = (sha256(&[&self.salt1]), sha256(&[&self.salt2]));
        sha256(&[&mixed, &salts.0, &salts.1, &a, &challenge.public, &key]) == proof
    }
}
