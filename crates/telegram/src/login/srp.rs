//! The two-step verification password (<https://core.telegram.org/api/srp>).

use grammers_crypto::two_factor_auth::{calculate_2fa, check_p_and_g};
use grammers_tl_types::{enums, types};
use switchboard_model::Code;

use crate::CallError;

/// Length of the client's random number in the password check.
const SECRET_LENGTH: usize = 256;

/// Proves knowledge of the password without telling it.
pub(super) fn answer_challenge(
    challenge: types::account::Password,
    password: &str,
) -> Result<enums::InputCheckPasswordSrp, CallError> {
    use enums::PasswordKdfAlgo as Algo;
    let unusable = CallError::Login(Code::Refused);
    let (Some(Algo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)), Some(b), Some(id)) =
        (challenge.current_algo, challenge.srp_b, challenge.srp_id)
    else {
        return Err(unusable);
    };
    // A server that hands out weak parameters would learn the password. The library panics over
    // a generator that it does not know, so that is looked at first.
    if !(2..=7).contains(&algo.g) || !check_p_and_g(&algo.p, &algo.g) || b.len() > SECRET_LENGTH {
        return Err(unusable);
    }
    let secret: [u8; SECRET_LENGTH] = rand::random();
    let (m1, a) = calculate_2fa(
        &algo.salt1,
        &algo.salt2,
        &algo.p,
        &algo.g,
        b,
        secret.to_vec(),
        password,
    );
    Ok(types::InputCheckPasswordSrp {
        srp_id: id,
        a: a.to_vec(),
        m1: m1.to_vec(),
    }
    .into())
}
