//! `media://localhost/photo/ROW` and `media://localhost/avatar/ACCOUNT/PEER/PHOTO`: pictures for
//! the window, decrypted from the cache or fetched.

use switchboard_model::{AccountId, PeerId, RowId};
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::shell::Shell;

/// A picture that the window asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picture {
    Photo(RowId),
    Avatar(AccountId, PeerId),
}

/// Answers a request of the window for a picture.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let shell = context.app_handle().state::<Shell>().inner().clone();
    let asked = picture(request.uri().path());
    tauri::async_runtime::spawn(async move {
        let bytes = match asked {
            Some(asked) => fetch(&shell, asked).await,
            None => None,
        };
        responder.respond(response(asked, bytes));
    });
}

async fn fetch(shell: &Shell, asked: Picture) -> Option<Vec<u8>> {
    let desk = shell.desk().await?;
    let fetched = match asked {
        Picture::Photo(row) => desk.photo(row).await,
        Picture::Avatar(account, peer) => desk.avatar(account, peer).await,
    };
    fetched
        .inspect_err(|error| tracing::debug!(?asked, %error, "no picture"))
        .ok()
}

fn picture(path: &str) -> Option<Picture> {
    let mut parts = path.trim_matches('/').split('/');
    let picture = match parts.next()? {
        "photo" => Picture::Photo(RowId(parts.next()?.parse().ok()?)),
        "avatar" => {
            let account = AccountId(parts.next()?.parse().ok()?);
            let peer = PeerId(parts.next()?.parse().ok()?);
            // The photo's id only makes the address new when the photo is.
            parts.next()?;
            Picture::Avatar(account, peer)
        }
        _ => return None,
    };
    parts.next().is_none().then_some(picture)
}

fn response(asked: Option<Picture>, bytes: Option<Vec<u8>>) -> Response<Vec<u8>> {
    let (status, bytes) = match bytes {
        Some(bytes) => (StatusCode::OK, bytes),
        None => (StatusCode::NOT_FOUND, Vec::new()),
    };
    let kind = kind_of(&bytes);
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        header::HeaderValue::from_static("nosniff"),
    );
    // What somebody sent stays in no cache of the page's, in a file least of all. Profile photos are
    // drawn anew with each row that comes into sight: without the memory of the page they would flicker.
    if !matches!(asked, Some(Picture::Avatar(..))) {
        let never = header::HeaderValue::from_static("no-store");
        headers.insert(header::CACHE_CONTROL, never);
    }
    response
}

/// The type of a picture by its first bytes; anything else is not shown as one.
fn kind_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => "image/webp",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_whole_or_not_at_all() {
        assert_eq!(picture("/photo/12"), Some(Picture::Photo(RowId(12))));
        let avatar = Picture::Avatar(AccountId(1), PeerId(-1_000_000_000_005));
        assert_eq!(picture("/avatar/1/-1000000000005/99"), Some(avatar));
        for wrong in [
            "/",
            "/photo",
            "/photo/x",
            "/photo/1/2",
            "/avatar/1/2",
            "/etc/passwd",
        ] {
            assert_eq!(picture(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_pictures_are_named_pictures() {
        assert_eq!(kind_of(&[0xff, 0xd8, 0xff, 0xe0]), "image/jpeg");
        assert_eq!(kind_of(b"<html>"), "application/octet-stream");
    }

    #[test]
    fn what_somebody_sent_is_kept_in_no_cache() {
        let photo = Some(Picture::Photo(RowId(12)));
        for (asked, bytes) in [(photo, Some(vec![0xff, 0xd8, 0xff])), (photo, None)] {
            let response = response(asked, bytes);
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        }
        let avatar = Some(Picture::Avatar(AccountId(1), PeerId(2)));
        let response = response(avatar, Some(vec![0xff, 0xd8, 0xff]));
        assert!(!response.headers().contains_key(header::CACHE_CONTROL));
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/jpeg");
    }
}
