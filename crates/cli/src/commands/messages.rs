//! `messages`.

use serde_json::json;
use switchboard_api::{HistoryRequest, UseCases};
use switchboard_model::{Anchor, ChatId, Code, HistoryPage};

use crate::args::Messages;
use crate::chat_name;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look;
use crate::out::Out;

/// Messages of a page at most.
const PAGE: u32 = 200;

pub(crate) async fn run(place: &mut Place, out: Out, args: &Messages) -> Result<Exit, Failure> {
    once(place, args.mark_read, async |client| {
        let chat = chat_name::find(client, &args.chat.chat, args.chat.account).await?;
        let start = args.before.map_or(Anchor::Latest, Anchor::Before);
        let page = read(client, chat.id, start, args.limit).await?;
        // A row that is not there would give the newest page, and a program that pages would not end.
        if args.before.is_some() && !page.has_newer {
            return Err(Code::MessageGone.into());
        }
        if let (true, Some(newest)) = (args.mark_read, page.messages.last()) {
            client.read(chat.id, newest.id).await?;
        }
        let answer = json!({
            "chat": chat,
            "messages": page.messages,
            "outgoing": page.outgoing,
            "has_older": page.has_older,
        });
        out.result(&answer, |_| lines(&page))
    })
    .await?;
    Ok(Exit::Done)
}

/// Up to `limit` messages from `anchor` backwards, oldest first.
async fn read(
    client: &Client,
    chat: ChatId,
    anchor: Anchor,
    limit: u32,
) -> Result<HistoryPage, Failure> {
    let request = |anchor, limit| HistoryRequest {
        chat,
        anchor,
        limit,
    };
    let mut whole = client
        .history(request(anchor, limit.clamp(1, PAGE)))
        .await?;
    while let Some(oldest) = whole.messages.first().map(|message| message.row) {
        let missing = limit.saturating_sub(u32::try_from(whole.messages.len()).unwrap_or(limit));
        if missing == 0 || !whole.has_older {
            break;
        }
        let anchor = Anchor::Before(oldest);
        let mut older = client.history(request(anchor, missing.min(PAGE))).await?;
        whole.has_older = older.has_older && !older.messages.is_empty();
        older.messages.append(&mut whole.messages);
        whole.messages = older.messages;
    }
    Ok(whole)
}

fn lines(page: &HistoryPage) -> String {
    let sent = page.messages.iter().map(look::message);
    let lines: Vec<_> = sent
        .chain(page.outgoing.iter().map(look::outgoing))
        .collect();
    match lines.is_empty() {
        true => "No messages.".into(),
        false => lines.join("\n"),
    }
}
