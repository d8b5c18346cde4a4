//! Steps of a login.

use grammers_tl_types::{enums, functions as f, types};

use super::Client;

pub(crate) fn send_code(phone: &str) -> f::auth::SendCode {
    f::auth::SendCode {
        phone_number: phone.into(),
        api_id: 1,
        api_hash: "hash".into(),
        settings: types::CodeSettings {
            allow_flashcall: false,
            current_number: false,
            allow_app_hash: false,
            allow_missed_call: false,
            allow_firebase: false,
            unknown_number: false,
            logout_tokens: None,
            token: None,
            app_sandbox: None,
        }
        .into(),
    }
}

pub(crate) fn sign_in(phone: &str, hash: &str, code: &str) -> f::auth::SignIn {
    f::auth::SignIn {
        phone_number: phone.into(),
        phone_code_hash: hash.into(),
        phone_code: Some(code.into()),
        email_verification: None,
    }
}

pub(crate) fn sent(answer: enums::auth::SentCode) -> types::auth::SentCode {
    match answer {
        enums::auth::SentCode::Code(sent) => sent,
        other => panic!("{other:?}"),
    }
}

/// The proof that a password is known, for the challenge that is asked for here.
pub(crate) async fn password_proof(client: &Client, password: &str) -> f::auth::CheckPassword {
    let answer = client.call(&f::account::GetPassword {}).await.unwrap();
    let enums::account::Password::Password(asked) = answer;
    let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) =
        asked.current_algo
    else {
        panic!("another algorithm");
    };
    let (m1, a) = grammers_crypto::two_factor_auth::calculate_2fa(
        &algo.salt1,
        &algo.salt2,
        &algo.p,
        &algo.g,
        asked.srp_b.unwrap(),
        vec![7; 256],
        password,
    );
    let proof = types::InputCheckPasswordSrp {
        srp_id: asked.srp_id.unwrap(),
        a: a.to_vec(),
        m1: m1.to_vec(),
    };
    let password = proof.into();
    f::auth::CheckPassword { password }
}
