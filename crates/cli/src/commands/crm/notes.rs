//! `notes`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{NewNote, Note};

use super::changes::told;
use crate::args::Notes;
use crate::chat_name;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::Out;
use crate::{given, plain, words};

pub(crate) async fn notes(place: &mut Place, out: Out, what: &Notes) -> Result<Exit, Failure> {
    once(place, false, async |client| match what {
        Notes::List(chat) => {
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let notes = client.card(chat.id).await?.notes;
            out.result(&json!({ "notes": notes }), |_| lines(&notes))
        }
        Notes::Search { query } => {
            let hits = client.notes_search(query.clone()).await?;
            let notes: Vec<_> = hits.iter().map(|hit| hit.note.clone()).collect();
            out.result(&json!({ "hits": hits }), |_| lines(&notes))
        }
        Notes::Add { chat, text, pin } => {
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let note = NewNote {
                id: None,
                chat: chat.id,
                text: given::text(text)?,
                pinned: *pin,
            };
            told(out, client.note_save(note).await?.done)
        }
        Notes::Edit {
            note,
            text,
            pin,
            unpin,
        } => {
            let known = client.note(*note).await?;
            let text = text.as_deref().map(given::text).transpose()?;
            let note = NewNote {
                id: Some(*note),
                // A note stays with whom it is about.
                chat: known.chat.unwrap_or_default(),
                text: text.unwrap_or(known.note.text),
                pinned: *pin || (known.note.pinned && !*unpin),
            };
            told(out, client.note_save(note).await?.done)
        }
        Notes::Remove { note } => told(out, client.note_delete(*note).await?),
    })
    .await?;
    Ok(Exit::Done)
}

fn lines(notes: &[Note]) -> String {
    if notes.is_empty() {
        return "No notes.".to_owned();
    }
    let note = |note: &Note| {
        let pin = if note.pinned { ", pinned" } else { "" };
        let head = format!("{} ({}{pin})", note.id, words::clock(note.created_ms));
        format!("{head}\n{}", plain::lines(&note.text))
    };
    notes.iter().map(note).collect::<Vec<_>>().join("\n\n")
}
