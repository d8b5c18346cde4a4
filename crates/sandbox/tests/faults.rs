//! Each fault of the script, as the client library meets it; and files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::time::{Duration, Instant};

use common::{Client, messages, online};
use grammers_mtsender::InvocationError;
use grammers_tl_types::{enums, functions as f, types};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, RpcError, Rule};

const STATE: &str = "updates.getState";

#[tokio::test]
async fn latency_stalls_and_errors_strike_as_often_as_they_should() {
    let (sandbox, client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    let pause = Duration::from_millis(150);
    let slow = sandbox.set_fault(Rule::new(Fault::Latency(pause)).method(STATE).times(1));
    let start = Instant::now();
    client.call(&f::updates::GetState {}).await.unwrap();
    assert!(start.elapsed() >= pause);
    assert_eq!(sandbox.fault_hits(slow), 1);

    let error = RpcError::new(500, "INTERDC_2_CALL_ERROR");
    sandbox.set_fault(Rule::new(Fault::Error(error)).method(STATE).times(1));
    let met = client.error(&f::updates::GetState {}).await;
    assert_eq!(
        (met.code, met.name.as_str(), met.value),
        (500, "INTERDC_CALL_ERROR", Some(2))
    );
    client.call(&f::updates::GetState {}).await.unwrap();

    for fault in [Fault::Stall, Fault::StallReply] {
        let stall = sandbox.set_fault(Rule::new(fault).method(STATE).times(1));
        let state = f::updates::GetState {};
        let silent = client.handle.invoke_in_dc(client.dc, &state);
        assert!(
            tokio::time::timeout(pause, silent).await.is_err(),
            "no answer comes"
        );
        assert_eq!(sandbox.fault_hits(stall), 1);
    }
    client.call(&f::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn an_unreadable_answer_is_none_that_a_client_knows() {
    let (sandbox, client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.set_fault(Rule::new(Fault::Unreadable).method(STATE).times(1));
    let met = client.call(&f::updates::GetState {}).await.unwrap_err();
    assert!(matches!(met, InvocationError::Deserialize(_)), "{met}");
    client.call(&f::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn a_test_can_wait_for_a_fault_to_strike() {
    let (sandbox, client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    let stall = sandbox.set_fault(Rule::new(Fault::Stall).method(STATE).skip(1).times(1));
    let state = f::updates::GetState {};
    let calls = async {
        client.call(&state).await.unwrap();
        client.handle.invoke_in_dc(client.dc, &state).await
    };
    tokio::select! {
        () = sandbox.struck(stall, 1) => {}
        answer = calls => panic!("the second call is never answered: {answer:?}"),
    }
}

#[tokio::test]
async fn a_reset_loses_the_request_and_the_next_connection_works() {
    let (sandbox, client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.set_fault(Rule::new(Fault::ResetBefore).method(STATE).times(1));
    let lost = client.call(&f::updates::GetState {}).await.unwrap_err();
    assert!(!matches!(lost, InvocationError::Rpc(_)));
    client.call(&f::updates::GetState {}).await.unwrap();
    assert_eq!(sandbox.drop_connections(ids::ACCOUNT), 1);
}

#[tokio::test]
async fn new_salts_are_learned_without_the_caller_noticing() {
    let (sandbox, client, _) = online().await;
    for _ in 0..3 {
        client.call(&f::updates::GetState {}).await.unwrap();
        sandbox.rotate_salts(ids::ACCOUNT);
    }
    client.call(&f::updates::GetState {}).await.unwrap();
}

#[tokio::test]
async fn a_key_that_the_server_forgot_is_a_transport_error() {
    let (sandbox, client, _) = online().await;
    let profile = sandbox.profile();
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.forget_keys(ids::ACCOUNT);
    // The library answers -404 by a key exchange, which only Telegram itself can take part in.
    let again = Client::signed_in(&profile, ids::ACCOUNT);
    let error = again.call(&f::updates::GetState {}).await.unwrap_err();
    assert!(!matches!(error, InvocationError::Rpc(_)), "{error}");
}

#[tokio::test]
async fn a_stopped_sandbox_refuses_and_comes_back_at_the_same_place() {
    let (sandbox, client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.stop().await;
    let mut refused = false;
    for _ in 0..3 {
        let answer = client.call(&f::updates::GetState {}).await;
        refused |= matches!(answer, Err(InvocationError::Io(_)));
    }
    assert!(refused);
    // Nobody else is given the address meanwhile.
    let address = sandbox.profile().dc[0].address.clone();
    let taken = std::net::TcpListener::bind(address).map(drop);
    assert_eq!(taken.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
    sandbox.restart().await.unwrap();
    client.call(&f::updates::GetState {}).await.unwrap();
}

async fn download(client: &Client, location: enums::InputFileLocation, part: i32) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let request = f::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: location.clone(),
            offset: bytes.len() as i64,
            limit: part,
        };
        let enums::upload::File::File(file) = client.call(&request).await.unwrap() else {
            panic!("no CDN here")
        };
        bytes.extend(&file.bytes);
        if file.bytes.len() < part as usize {
            return bytes;
        }
    }
}

/// Where the largest size of the newest photo and the newest document of Anna's can be fetched.
async fn media(client: &Client) -> (types::Photo, types::Document) {
    let anna = client.dialogs(100).await.user(ids::ANNA);
    let (mut photo, mut document) = (None, None);
    for message in client.history(&anna).await {
        let enums::Message::Message(message) = message else {
            continue;
        };
        match message.media {
            Some(enums::MessageMedia::Photo(media)) => {
                if let Some(enums::Photo::Photo(found)) = media.photo {
                    photo = Some(found);
                }
            }
            Some(enums::MessageMedia::Document(media)) => {
                if let Some(enums::Document::Document(found)) = media.document
                    && found.mime_type == "application/pdf"
                {
                    document = Some(found);
                }
            }
            _ => {}
        }
    }
    (photo.unwrap(), document.unwrap())
}

fn photo_location(photo: &types::Photo) -> enums::InputFileLocation {
    types::InputPhotoFileLocation {
        id: photo.id,
        access_hash: photo.access_hash,
        file_reference: photo.file_reference.clone(),
        thumb_size: "x".into(),
    }
    .into()
}

#[tokio::test]
async fn photos_and_documents_download_byte_for_byte() {
    let (sandbox, client, _) = online().await;
    let (photo, document) = media(&client).await;
    let bytes = download(&client, photo_location(&photo), 4096).await;
    assert_eq!(
        Some(bytes.clone()),
        sandbox.with_world(|world| world.file_bytes(photo.id))
    );
    let enums::PhotoSize::Size(size) = photo.sizes.last().unwrap() else {
        panic!("a plain size")
    };
    assert_eq!(size.size as usize, bytes.len());
    let location = types::InputDocumentFileLocation {
        id: document.id,
        access_hash: document.access_hash,
        file_reference: document.file_reference.clone(),
        thumb_size: String::new(),
    };
    let bytes = download(&client, location.into(), 128 * 1024).await;
    assert_eq!(bytes.len() as i64, document.size);
    assert_eq!(
        Some(bytes),
        sandbox.with_world(|world| world.file_bytes(document.id))
    );
}

#[tokio::test]
async fn file_references_expire_and_are_renewed_by_asking_for_the_message() {
    let (sandbox, client, _) = online().await;
    let (photo, _) = media(&client).await;
    sandbox.with_world(|world| world.expire_file_references(ids::ACCOUNT));
    let ask = |location| f::upload::GetFile {
        precise: false,
        cdn_supported: false,
        location,
        offset: 0,
        limit: 4096,
    };
    let stale = client.error(&ask(photo_location(&photo))).await;
    assert_eq!(stale.name, "FILE_REFERENCE_EXPIRED");
    let (photo, _) = media(&client).await;
    client.call(&ask(photo_location(&photo))).await.unwrap();
}

#[tokio::test]
async fn profile_photos_are_fetched_by_peer() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let user = list.users.iter().find_map(|user| match user {
        enums::User::User(user) if user.id == ids::ANNA => Some(user.clone()),
        _ => None,
    });
    let Some(enums::UserProfilePhoto::Photo(photo)) = user.unwrap().photo else {
        panic!("Anna has a photo")
    };
    let location = types::InputPeerPhotoFileLocation {
        big: true,
        peer: list.user(ids::ANNA),
        photo_id: photo.photo_id,
    };
    let bytes = download(&client, location.into(), 64 * 1024).await;
    assert_eq!(
        Some(bytes),
        sandbox.with_world(|world| world.file_bytes(photo.photo_id))
    );
}

#[tokio::test]
async fn an_upload_is_sent_and_comes_back_the_same() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let content: Vec<u8> = (0..70_000_u32).map(|at| (at % 251) as u8).collect();
    for (part, bytes) in content.chunks(32 * 1024).enumerate() {
        let save = f::upload::SaveFilePart {
            file_id: 5,
            file_part: part as i32,
            bytes: bytes.to_vec(),
        };
        assert!(client.call(&save).await.unwrap());
    }
    let file = types::InputFile {
        id: 5,
        parts: 3,
        name: "offer.pdf".into(),
        md5_checksum: String::new(),
    };
    let media = types::InputMediaUploadedDocument {
        nosound_video: false,
        force_file: true,
        spoiler: false,
        file: file.into(),
        thumb: None,
        mime_type: "application/pdf".into(),
        attributes: vec![
            types::DocumentAttributeFilename {
                file_name: "offer.pdf".into(),
            }
            .into(),
        ],
        stickers: None,
        video_cover: None,
        video_timestamp: None,
        ttl_seconds: None,
    };
    let send = f::messages::SendMedia {
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer: list.user(ids::ANNA),
        reply_to: None,
        media: media.into(),
        message: "as promised".into(),
        random_id: 77,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        allow_paid_stars: None,
        suggested_post: None,
    };
    client.call(&send).await.unwrap();
    let (_, found) = {
        let anna = list.user(ids::ANNA);
        let newest = f::messages::GetHistory {
            peer: anna,
            offset_id: 0,
            offset_date: 0,
            add_offset: 0,
            limit: 1,
            max_id: 0,
            min_id: 0,
            hash: 0,
        };
        let page = messages(client.call(&newest).await.unwrap());
        let enums::Message::Message(message) = page[0].clone() else {
            panic!("a message")
        };
        let Some(enums::MessageMedia::Document(media)) = message.media else {
            panic!("a file")
        };
        let Some(enums::Document::Document(document)) = media.document else {
            panic!("a file")
        };
        (message.message, document)
    };
    assert_eq!(
        sandbox.with_world(|world| world.file_bytes(found.id)),
        Some(content)
    );
}
