//! `tasks`.

use jiff::tz::TimeZone;
use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{NewTask, Task, TaskKind};

use super::{changes::told, when};
use crate::args::{TaskKindArg, Tasks};
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
        Tasks::Add {
            chat,
            text,
            kind,
            due,
        } => {
            let due = due.as_deref();
            let now = jiff::Timestamp::now();
            let due_ms = due.map(|due| when::parse(due, now, &TimeZone::system()));
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let task = NewTask {
                id: None,
                chat: chat.id,
                kind: match kind {
                    TaskKindArg::FollowUp => TaskKind::FollowUp,
                    TaskKindArg::IOwe => TaskKind::IOwe,
                    TaskKindArg::TheyOwe => TaskKind::TheyOwe,
                },
                text: text.clone(),
                message: None,
                due_ms: due_ms.transpose()?,
            };
            told(out, client.task_save(task).await?.done)
        }
    })
    .await?;
    Ok(Exit::Done)
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
        let kind = match task.kind {
            TaskKind::FollowUp => "follow up",
            TaskKind::IOwe => "I owe",
            TaskKind::TheyOwe => "they owe",
        };
        table.add_row([
            task.id.to_string(),
            task.due_ms.map(words::clock).unwrap_or_default(),
            kind.to_owned(),
            title(task),
            plain::one_line(&task.text, 50),
        ]);
    }
    out.text(&table.to_string())
}
