//! Which chat a person means.

use switchboard_api::UseCases;
use switchboard_model::{Account, AccountId, Chat, ChatFilter, ChatId};

use crate::client::Client;
use crate::failure::Failure;

/// Chats read at once.
pub(crate) const PAGE: usize = 500;

/// Chats that are named where none is called as was asked.
const NEAR: usize = 5;

/// The chat with this number, @username or exact title; `account` tells chats of one name apart.
pub(crate) async fn find(
    client: &Client,
    name: &str,
    account: Option<AccountId>,
) -> Result<Chat, Failure> {
    if let Ok(id) = name.parse().map(ChatId)
        && let Some(chat) = client.chats(vec![id]).await?.pop()
    {
        return of(chat, account);
    }
    let (mut found, near) = called(client, name, account).await?;
    match found.pop() {
        None => Err(Failure::NoChat {
            name: name.to_owned(),
            near,
        }),
        Some(only) if found.is_empty() => Ok(only),
        Some(last) => {
            found.push(last);
            Err(Failure::SeveralChats(with_accounts(
                found,
                client.accounts().await?,
            )))
        }
    }
}

/// Whoever names an account means to act as that one, never as another.
fn of(chat: Chat, account: Option<AccountId>) -> Result<Chat, Failure> {
    match account {
        Some(account) if chat.account != account => Err(Failure::Usage(format!(
            "Chat {} is not of account {account}. `inbox --account {account}` lists those that are.",
            chat.id
        ))),
        _ => Ok(chat),
    }
}

/// The chats of a name, and some that the name is a part of.
async fn called(
    client: &Client,
    name: &str,
    account: Option<AccountId>,
) -> Result<(Vec<Chat>, Vec<Chat>), Failure> {
    let (mut found, mut near) = (Vec::new(), Vec::new());
    for archived in [false, true] {
        let filter = ChatFilter {
            account,
            archived,
            ..ChatFilter::default()
        };
        let keys = client.chat_keys(filter).await?;
        for page in keys.chunks(PAGE) {
            for chat in client.chats(page.to_vec()).await? {
                if is_called(&chat, name) {
                    found.push(chat);
                } else if near.len() < NEAR && is_near(&chat, name) {
                    near.push(chat);
                }
            }
        }
    }
    Ok((found, near))
}

/// Usernames do not tell capitals apart, titles do.
fn is_called(chat: &Chat, name: &str) -> bool {
    let username = name.strip_prefix('@').zip(chat.username.as_deref());
    chat.title == name || username.is_some_and(|(given, its)| given.eq_ignore_ascii_case(its))
}

/// Whether a name is a part of what the chat is called, whatever the case.
fn is_near(chat: &Chat, name: &str) -> bool {
    let name = name.trim().trim_start_matches('@').to_lowercase();
    let names = [Some(&chat.title), chat.username.as_ref()];
    let mut names = names.into_iter().flatten();
    !name.is_empty() && names.any(|its| its.to_lowercase().contains(&name))
}

fn with_accounts(chats: Vec<Chat>, accounts: Vec<Account>) -> Vec<(Chat, Option<Account>)> {
    let owner = |id| accounts.iter().find(|account| account.id == id).cloned();
    chats
        .into_iter()
        .map(|chat| (owner(chat.account), chat))
        .map(|(a, c)| (c, a))
        .collect()
}
