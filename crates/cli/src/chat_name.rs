//! Which chat a person means.

use switchboard_api::UseCases;
use switchboard_model::{Account, AccountId, Chat, ChatFilter, ChatId};

use crate::client::Client;
use crate::failure::Failure;

/// Chats read at once.
pub(crate) const PAGE: usize = 500;

/// The chat with this number, @username or exact title; `account` tells chats of one name apart.
pub(crate) async fn find(
    client: &Client,
    name: &str,
    account: Option<AccountId>,
) -> Result<Chat, Failure> {
    if let Ok(id) = name.parse().map(ChatId)
        && let Some(chat) = client.chats(vec![id]).await?.pop()
    {
        return Ok(chat);
    }
    let mut found = Vec::new();
    for archived in [false, true] {
        let filter = ChatFilter {
            account,
            archived,
            ..ChatFilter::default()
        };
        let keys = client.chat_keys(filter).await?;
        for page in keys.chunks(PAGE) {
            let chats = client.chats(page.to_vec()).await?;
            found.extend(chats.into_iter().filter(|chat| is_called(chat, name)));
        }
    }
    match found.pop() {
        None => Err(Failure::NoChat(name.to_owned())),
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

/// Usernames do not tell capitals apart, titles do.
fn is_called(chat: &Chat, name: &str) -> bool {
    let username = name.strip_prefix('@').zip(chat.username.as_deref());
    chat.title == name || username.is_some_and(|(given, its)| given.eq_ignore_ascii_case(its))
}

fn with_accounts(chats: Vec<Chat>, accounts: Vec<Account>) -> Vec<(Chat, Option<Account>)> {
    let owner = |id| accounts.iter().find(|account| account.id == id).cloned();
    chats
        .into_iter()
        .map(|chat| (owner(chat.account), chat))
        .map(|(a, c)| (c, a))
        .collect()
}
