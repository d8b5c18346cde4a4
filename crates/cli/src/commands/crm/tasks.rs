//! `tasks`.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{Code, NewTask, Task, TaskId, TaskKind};

use super::unfit::{self, unfit};
use super::{changes::told, when};
use crate::args::Tasks;
use crate::chat_name;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::{plain, words};

pub(crate) async fn tasks(place: &mut Place, out: Out, what: &Tasks) -> Result<Exit, Failure> {
    once(place, false, async |client| match what {
        Tasks::List => list(client, out).await,
        Tasks::Done { task } => told(out, client.task_finish(*task, true).await?),
        Tasks::Remove { task } => told(out, client.task_delete(*task).await?),
        Tasks::Edit {
            task,
            text,
            kind,
            due,
            no_due,
        } => {
            let due_ms = moment(due.as_deref())?;
            let known = open(client, *task).await?;
            let task = NewTask {
                id: Some(known.id),
                chat: known.chat,
                kind: kind.map_or(known.kind, Into::into),
                text: text.clone().unwrap_or(known.text),
                message: known.message,
                due_ms: due_ms.or(known.due_ms.filter(|_| !no_due)),
            };
            save(client, out, task).await
        }
        Tasks::Add {
            chat,
            text,
            kind,
            due,
        } => {
            let due_ms = moment(due.as_deref())?;
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let task = NewTask {
                id: None,
                chat: chat.id,
                kind: (*kind).into(),
                text: text.clone(),
                message: None,
                due_ms,
            };
            save(client, out, task).await
        }
    })
    .await?;
    Ok(Exit::Done)
}

fn moment(due: Option<&str>) -> Result<Option<i64>, Failure> {
    let parsed = due.map(|due| when::parse(due, Timestamp::now(), &TimeZone::system()));
    parsed.transpose()
}

/// A task of the list.
async fn open(client: &Client, id: TaskId) -> Result<Task, Failure> {
    let mut tasks = client.tasks_open().await?.into_iter();
    let known = tasks.find(|task| task.id == id);
    known.ok_or_else(|| Code::NotFound.into())
}

async fn save(client: &Client, out: Out, task: NewTask) -> Result<(), Failure> {
    if task.kind != TaskKind::FollowUp && task.text.trim().is_empty() {
        let sentence = "A promise says what was promised: give it a text.";
        return Err(Failure::Usage(sentence.to_owned()));
    }
    let saved = client.task_save(task).await;
    told(out, saved.map_err(unfit(unfit::TASK))?.done)
}

/// What a kind is called.
pub(crate) const fn kind_name(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::FollowUp => "follow up",
        TaskKind::IOwe => "I owe",
        TaskKind::TheyOwe => "they owe",
    }
}

async fn list(client: &Client, out: Out) -> Result<(), Failure> {
    let tasks = client.tasks_open().await?;
    if out.is_json() {
        return out.json(&json!({ "tasks": tasks }));
    }
    if tasks.is_empty() {
        return out.text("Nothing to do.");
    }
    let chats = client
        .chats(tasks.iter().map(|task| task.chat).collect())
        .await?;
    let title = |task: &Task| {
        let chat = chats.iter().find(|chat| chat.id == task.chat);
        chat.map(|chat| plain::one_line(&chat.title, 30))
            .unwrap_or_default()
    };
    let mut table = table(&["id", "due", "what", "chat", "about"]);
    for task in &tasks {
        table.add_row([
            task.id.to_string(),
            task.due_ms.map(words::clock).unwrap_or_default(),
            kind_name(task.kind).to_owned(),
            title(task),
            plain::one_line(&task.text, 50),
        ]);
    }
    out.text(&table.to_string())
}
