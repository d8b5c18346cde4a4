//! `notes`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{Chat, NewNote, Note, NoteHit};

use super::changes::told;
use super::unfit::{self, unfit};
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
            let about = hits.iter().filter_map(|hit| hit.chat).collect();
            let about = client.chats(about).await?;
            out.result(&json!({ "hits": hits }), |_| found(&hits, &about))
        }
        Notes::Add { chat, text, pin } => {
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let note = NewNote {
                id: None,
                chat: chat.id,
                text: given::text(text)?,
                pinned: *pin,
            };
            let saved = client.note_save(note).await;
            told(out, saved.map_err(unfit(unfit::NOTE))?.done)
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
            let saved = client.note_save(note).await;
            told(out, saved.map_err(unfit(unfit::NOTE))?.done)
        }
        Notes::Remove { note } => told(out, client.note_delete(*note).await?),
    })
    .await?;
    Ok(Exit::Done)
}

fn lines(notes: &[Note]) -> String {
    joined(notes.iter().map(|note| shown(note, None)))
}

/// Notes and whom they are about.
fn found(hits: &[NoteHit], about: &[Chat]) -> String {
    let chat = |hit: &NoteHit| about.iter().find(|chat| Some(chat.id) == hit.chat);
    joined(hits.iter().map(|hit| shown(&hit.note, chat(hit))))
}

fn joined(notes: impl Iterator<Item = String>) -> String {
    let notes: Vec<_> = notes.collect();
    match notes.is_empty() {
        true => "No notes.".to_owned(),
        false => notes.join("\n\n"),
    }
}

fn shown(note: &Note, about: Option<&Chat>) -> String {
    let pin = if note.pinned { ", pinned" } else { "" };
    let when = words::clock(note.created_ms);
    let about = about.map_or_else(String::new, |chat| {
        format!("  {} [chat {}]", plain::one_line(&chat.title, 40), chat.id)
    });
    let text = plain::lines(&note.text);
    format!("{} ({when}{pin}){about}\n{text}", note.id)
}
