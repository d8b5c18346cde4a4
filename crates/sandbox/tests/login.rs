//! Logging in with the real client library: codes, passwords, data centres.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use common::login::{password_proof, send_code, sent, sign_in};
use common::{Client, online, rpc_error, sandbox};
use grammers_tl_types::{enums, functions as f, types};
use switchboard_sandbox::worlds::{CODE, ids};

fn signed_in_as(answer: enums::auth::Authorization) -> i64 {
    match answer {
        enums::auth::Authorization::Authorization(found) => found.user.id(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_number_is_asked_on_its_own_data_centre_and_the_code_decides() {
    let (sandbox, _) = sandbox().await;
    let mut client = Client::fresh(&sandbox.profile(), 2, 0);
    let moved = client.error(&send_code(ids::PHONE_PLAIN)).await;
    assert_eq!(
        (moved.code, moved.name.as_str(), moved.value),
        (303, "PHONE_MIGRATE", Some(1))
    );
    client.dc = 1;
    let code = sent(client.call(&send_code(ids::PHONE_PLAIN)).await.unwrap());
    assert_eq!(
        code.r#type,
        types::auth::SentCodeTypeApp { length: 5 }.into()
    );
    assert_eq!(code.next_type, Some(enums::auth::CodeType::Sms));
    let again = f::auth::ResendCode {
        phone_number: ids::PHONE_PLAIN.into(),
        phone_code_hash: code.phone_code_hash.clone(),
        reason: None,
    };
    let resent = sent(client.call(&again).await.unwrap());
    assert_eq!(
        resent.r#type,
        types::auth::SentCodeTypeSms { length: 5 }.into()
    );
    let hash = code.phone_code_hash;
    let wrong = client
        .error(&sign_in(ids::PHONE_PLAIN, &hash, "00000"))
        .await;
    assert_eq!(wrong.name, "PHONE_CODE_INVALID");
    let stale = client
        .error(&sign_in(ids::PHONE_PLAIN, "another", CODE))
        .await;
    assert_eq!(stale.name, "PHONE_CODE_EXPIRED");
    let answer = client
        .call(&sign_in(ids::PHONE_PLAIN, &hash, CODE))
        .await
        .unwrap();
    assert_eq!(signed_in_as(answer), ids::PLAIN);
    client.call(&f::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn numbers_that_cannot_log_in_say_why() {
    let (sandbox, _) = sandbox().await;
    let client = Client::fresh(&sandbox.profile(), 1, 0);
    assert_eq!(
        client.error(&send_code("12")).await.name,
        "PHONE_NUMBER_INVALID"
    );
    assert_eq!(
        client.error(&send_code("no number")).await.name,
        "PHONE_NUMBER_INVALID"
    );
    assert_eq!(
        client.error(&send_code(ids::PHONE_BANNED)).await.name,
        "PHONE_NUMBER_BANNED"
    );
    let nobody = "+9996619999";
    let hash = sent(client.call(&send_code(nobody)).await.unwrap()).phone_code_hash;
    let answer = client.call(&sign_in(nobody, &hash, CODE)).await.unwrap();
    assert!(matches!(
        answer,
        enums::auth::Authorization::SignUpRequired(_)
    ));
    assert_eq!(
        client.error(&f::updates::GetState {}).await.name,
        "AUTH_KEY_UNREGISTERED"
    );
}

async fn check_password(client: &Client, password: &str) -> Result<i64, String> {
    let answer = client.call(&password_proof(client, password).await).await;
    answer
        .map(signed_in_as)
        .map_err(|error| rpc_error(error).name)
}

#[tokio::test]
async fn two_factor_passwords_are_proved_not_sent() {
    let (sandbox, _) = sandbox().await;
    let client = Client::fresh(&sandbox.profile(), 2, 1);
    let phone = ids::PHONE_LOCKED;
    let hash = sent(client.call(&send_code(phone)).await.unwrap()).phone_code_hash;
    let needed = client.error(&sign_in(phone, &hash, CODE)).await;
    assert_eq!(
        (needed.code, needed.name.as_str()),
        (401, "SESSION_PASSWORD_NEEDED")
    );
    assert_eq!(
        check_password(&client, "wrong").await,
        Err("PASSWORD_HASH_INVALID".into())
    );
    assert_eq!(
        check_password(&client, ids::PASSWORD).await,
        Ok(ids::LOCKED)
    );
    client.call(&f::auth::LogOut {}).await.unwrap();
    assert_eq!(
        client.error(&f::updates::GetState {}).await.name,
        "AUTH_KEY_UNREGISTERED"
    );
}

#[tokio::test]
async fn another_data_centre_lets_in_an_exported_authorization() {
    let (sandbox, client, _) = online().await;
    let spare = Client::fresh(&sandbox.profile(), 1, 0);
    let exported = client
        .call(&f::auth::ExportAuthorization { dc_id: 1 })
        .await
        .unwrap();
    let enums::auth::ExportedAuthorization::Authorization(ticket) = exported;
    let forged = f::auth::ImportAuthorization {
        id: ids::PLAIN,
        bytes: ticket.bytes.clone(),
    };
    assert_eq!(spare.error(&forged).await.name, "AUTH_BYTES_INVALID");
    let import = f::auth::ImportAuthorization {
        id: ticket.id,
        bytes: ticket.bytes,
    };
    spare.call(&import).await.unwrap();
    // Files can be fetched there, everything else is at home.
    let away = spare.error(&f::updates::GetState {}).await;
    assert_eq!(
        (away.code, away.name.as_str(), away.value),
        (303, "USER_MIGRATE", Some(2))
    );
}

#[tokio::test]
async fn a_revoked_session_and_a_duplicated_key_end_with_their_own_errors() {
    let (sandbox, client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.revoke(ids::ACCOUNT);
    let error = loop {
        // The first call may still meet the closing connection.
        match client.call(&f::updates::GetState {}).await {
            Err(grammers_mtsender::InvocationError::Rpc(error)) => break error,
            Err(_) => {}
            Ok(_) => panic!("the session was revoked"),
        }
    };
    assert_eq!((error.code, error.name.as_str()), (401, "SESSION_REVOKED"));

    let (sandbox, client, _) = online().await;
    sandbox.duplicate_key(ids::ACCOUNT);
    let error = client.error(&f::updates::GetState {}).await;
    assert_eq!(
        (error.code, error.name.as_str()),
        (406, "AUTH_KEY_DUPLICATED")
    );
}
