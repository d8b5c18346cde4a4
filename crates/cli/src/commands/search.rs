//! `search`.

use clap::ValueEnum;
use serde::Serialize;
use switchboard_api::UseCases;
use switchboard_model::{
    Chat, ChatFilter, NoteHit, Query, Scope, SearchFilter, SearchPage, Task, TaskHit, messages_with,
};

use crate::args::{By, Has, Search};
use crate::chat_name;
use crate::client::Client;
use crate::commands::accounts::find;
use crate::commands::crm::{filters::narrow, kind_name};
use crate::commands::query::{Known, begins};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look::{self, Names};
use crate::out::Out;
use crate::{plain, words};

/// Hits of a page at most.
const PAGE: u32 = 50;

pub(crate) async fn run(place: &mut Place, out: Out, args: &Search) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        let scope = scope(client, args).await?;
        let query = Query::parse(&args.query);
        let filter = filter(client, args, &query).await?;
        // Notes, promises and follow-ups have words, but nothing that is asked of messages and chats.
        let plain = args.before.is_none() && filter == SearchFilter::Every(Vec::new());
        let asked = if plain { query.words.as_str() } else { "" };
        if plain && asked.is_empty() {
            return Err(Failure::Usage(
                "Nothing is asked for. Give words, or operators such as from:me or has:photo."
                    .into(),
            ));
        }
        let (notes, tasks, with) = kept(client, scope, asked).await?;
        let page = read(client, scope, args, (&query.words, &filter)).await?;
        let found = Found { page, notes, tasks };
        if out.is_json() {
            return out.json(&found);
        }
        let names = Names::new(&client.accounts().await?);
        out.text(&lines(&found, &with, &names))
    })
    .await?;
    Ok(Exit::Done)
}

/// What was found.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    page: SearchPage,
    /// Notes on people and groups.
    notes: Vec<NoteHit>,
    /// Promises and follow-ups: open ones by their day, then those done.
    tasks: Vec<TaskHit>,
}

/// Notes, promises and follow-ups that words find, and the chats that they belong to.
async fn kept(
    client: &Client,
    scope: Scope,
    words: &str,
) -> Result<(Vec<NoteHit>, Vec<TaskHit>, Vec<Chat>), Failure> {
    if words.is_empty() {
        return Ok((Vec::new(), Vec::new(), Vec::new()));
    }
    let mut notes = client.notes_search(words.to_owned()).await?;
    let mut tasks = client.tasks_search(words.to_owned()).await?;
    let with = notes.iter().filter_map(|hit| hit.chat);
    let with = with.chain(tasks.iter().map(|hit| hit.task.chat));
    let mut chats = client.chats(with.collect()).await?;
    chats.retain(|chat| match scope {
        Scope::Everywhere => true,
        Scope::Account(account) => chat.account == account,
        Scope::Chat(id) => chat.id == id,
    });
    notes.retain(|hit| chats.iter().any(|chat| Some(chat.id) == hit.chat));
    tasks.retain(|hit| chats.iter().any(|chat| chat.id == hit.task.chat));
    Ok((notes, tasks, chats))
}

async fn scope(client: &Client, args: &Search) -> Result<Scope, Failure> {
    if let Some(account) = args.account {
        find(client, account).await?;
    }
    Ok(match (&args.chat, args.account) {
        (Some(chat), account) => Scope::Chat(chat_name::find(client, chat, account).await?.id),
        (None, Some(account)) => Scope::Account(account),
        (None, None) => Scope::Everywhere,
    })
}

async fn read(
    client: &Client,
    scope: Scope,
    args: &Search,
    (words, filter): (&str, &SearchFilter),
) -> Result<SearchPage, Failure> {
    let page = async |before, limit: u32| {
        let (words, filter) = (words.to_owned(), filter.clone());
        let limit = limit.clamp(1, PAGE);
        client.search(words, scope, filter, before, limit).await
    };
    let mut whole = page(args.before, args.limit).await?;
    loop {
        let found = u32::try_from(whole.hits.len()).unwrap_or(u32::MAX);
        let missing = args.limit.saturating_sub(found);
        if missing == 0 || whole.next.is_none() {
            return Ok(whole);
        }
        let more = page(whole.next, missing).await?;
        whole.hits.extend(more.hits);
        whole.next = more.next;
    }
}

async fn filter(client: &Client, args: &Search, query: &Query) -> Result<SearchFilter, Failure> {
    let typed = Known::here(client).await?.messages(query)?;
    let list = narrow(client, &args.filters, ChatFilter::default()).await?;
    let mut all: Vec<_> = list.filter.map(SearchFilter::Chat).into_iter().collect();
    all.extend(args.out.map(|by| match by {
        By::Me => SearchFilter::Out,
        By::Them => SearchFilter::Not(Box::new(SearchFilter::Out)),
    }));
    all.extend(args.from.clone().map(SearchFilter::From));
    let any: Vec<_> = args.has.iter().filter_map(|has| had(*has)).collect();
    if !any.is_empty() {
        all.push(SearchFilter::Any(any));
    }
    if let Some(day) = args.since {
        let since = begins(day).ok_or_else(|| Failure::Usage(format!("{day} is no day here.")))?;
        all.push(SearchFilter::Since(since));
    }
    if let SearchFilter::Every(parts) = typed {
        all.extend(parts);
    }
    Ok(SearchFilter::Every(all))
}

/// Messages with what an option asks for.
fn had(has: Has) -> Option<SearchFilter> {
    messages_with(has.to_possible_value()?.get_name())
}

fn lines(found: &Found, with: &[Chat], names: &Names) -> String {
    let Found { page, notes, tasks } = found;
    let mut parts = Vec::new();
    if !page.chats.is_empty() {
        parts.push(look::chats(&page.chats, names));
    }
    for hit in notes {
        if let Some(chat) = with.iter().find(|chat| Some(chat.id) == hit.chat) {
            parts.push(note_of(hit, chat, names));
        }
    }
    for TaskHit { task, .. } in tasks {
        if let Some(chat) = with.iter().find(|chat| chat.id == task.chat) {
            parts.push(line_of(task, chat, names));
        }
    }
    for hit in &page.hits {
        let title = plain::one_line(&hit.chat_title, 40);
        let owner = names.of(hit.message.account);
        parts.push(format!(
            "{title} ({owner})  [chat {}]\n{}",
            hit.message.chat,
            look::message(&hit.message)
        ));
    }
    match parts.is_empty() {
        true => "Nothing found.".into(),
        false => parts.join("\n\n"),
    }
}

/// Whom a note is about, when it was written, and what it says.
fn note_of(NoteHit { note, .. }: &NoteHit, chat: &Chat, names: &Names) -> String {
    let title = plain::one_line(&chat.title, 40);
    let owner = names.of(chat.account);
    let (when, text) = (
        words::clock(note.created_ms),
        plain::one_line(&note.text, 200),
    );
    format!(
        "{title} ({owner})  [chat {}]\nnote {}, {when}: {text}",
        chat.id, note.id
    )
}

/// Whom something was promised, when it is due, and what it is.
fn line_of(task: &Task, chat: &Chat, names: &Names) -> String {
    let title = plain::one_line(&chat.title, 40);
    let owner = names.of(chat.account);
    let when = match (task.done_ms, task.due_ms) {
        (Some(done), _) => format!(", done {}", words::clock(done)),
        (None, Some(due)) => format!(", due {}", words::clock(due)),
        (None, None) => String::new(),
    };
    let (kind, text) = (kind_name(task.kind), plain::one_line(&task.text, 200));
    format!("{title} ({owner})\n{kind}{when}: {text}")
}
