use super::*;

fn rpc(code: i32, message: &str) -> CallError {
    let error = RpcError::from(grammers_tl_types::types::RpcError {
        error_code: code,
        error_message: message.into(),
    });
    CallError::of_call("messages.sendMessage", InvocationError::Rpc(error))
}

fn flood(seconds: u64) -> CallError {
    CallError::Flood {
        method: "messages.sendMessage",
        wait: Duration::from_secs(seconds),
    }
}

#[test]
fn names_are_told_apart() {
    use CallError as E;
    let table = [
        (420, "FLOOD_WAIT_31", flood(31)),
        (420, "FLOOD_PREMIUM_WAIT_3", flood(3)),
        (420, "FLOOD_WAIT_0", flood(1)),
        (420, "FLOOD_WAIT_99999999", flood(1_209_600)),
        (
            420,
            "SLOWMODE_WAIT_10",
            E::SlowMode {
                wait: Duration::from_secs(10),
            },
        ),
        (400, "PEER_FLOOD", E::PeerFlood),
        (
            401,
            "AUTH_KEY_UNREGISTERED",
            E::SessionEnded(EndReason::Unregistered),
        ),
        (401, "SESSION_REVOKED", E::SessionEnded(EndReason::Revoked)),
        (
            406,
            "AUTH_KEY_DUPLICATED",
            E::SessionEnded(EndReason::Duplicated),
        ),
        (401, "USER_DEACTIVATED_BAN", E::Banned),
        (
            401,
            "USER_DEACTIVATED",
            E::SessionEnded(EndReason::Deactivated),
        ),
        (420, "FROZEN_METHOD_INVALID", E::Frozen),
        (500, "RANDOM_ID_DUPLICATE", E::DuplicateInFlight),
        (303, "PHONE_MIGRATE_4", E::Migrate(4)),
        (303, "FILE_MIGRATE_2", E::Migrate(2)),
        (400, "FILE_REFERENCE_0_EXPIRED", E::FileExpired),
        (
            403,
            "ALLOW_PAYMENT_REQUIRED_12",
            E::Recipient(Code::PaymentRequired),
        ),
        (
            403,
            "CHAT_WRITE_FORBIDDEN",
            E::Recipient(Code::WriteForbidden),
        ),
        (
            403,
            "USER_PRIVACY_RESTRICTED",
            E::Recipient(Code::PrivacyRestricted),
        ),
        (400, "YOU_BLOCKED_USER", E::Recipient(Code::Blocked)),
        (400, "PEER_ID_INVALID", E::Recipient(Code::PeerUnknown)),
        (400, "PHONE_CODE_INVALID", E::Login(Code::CodeInvalid)),
        (
            400,
            "PASSWORD_HASH_INVALID",
            E::Login(Code::PasswordInvalid),
        ),
        (400, "MESSAGE_NOT_MODIFIED", E::Unchanged),
        (401, "SESSION_PASSWORD_NEEDED", E::PasswordNeeded),
        (500, "AUTH_RESTART", E::Restart),
        (500, "INTERDC_2_CALL_ERROR", E::ServerFault),
        (-503, "Timeout", E::Unclear),
    ];
    for (code, message, expected) in table {
        assert_eq!(rpc(code, message), expected, "{message}");
    }
}

#[test]
fn names_are_compared_whole() {
    for message in [
        "MY_FLOOD_WAIT_5",
        "PEER_FLOOD_SOMETHING",
        "NOT_AUTH_KEY_UNREGISTERED",
    ] {
        assert!(
            matches!(rpc(400, message), CallError::Refused { .. }),
            "{message}"
        );
    }
}

#[test]
fn only_a_failed_connect_is_certain() {
    let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
    let reset = io::Error::from(io::ErrorKind::ConnectionReset);
    let of = |error| CallError::of_call("x", InvocationError::Io(error));
    assert_eq!(of(refused), CallError::Offline);
    assert_eq!(of(reset), CallError::Unclear);
    assert_eq!(
        CallError::of_call("x", InvocationError::Dropped("during receive")),
        CallError::Unclear
    );
}
