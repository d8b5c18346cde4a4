//! Examples below the help of commands.

/// Below the list of all commands.
pub(super) const FIRST: &str = "\
Examples, against a simulated Telegram:
  switchboard-cli sandbox --profile-out demo.toml
  switchboard-cli --data-dir try accounts add --profile demo.toml
  switchboard-cli --data-dir try sync
  switchboard-cli --data-dir try inbox --unread
  switchboard-cli --data-dir try send 1 \"See you at nine\"";

pub(super) const ACCOUNTS: &str = "\
Examples:
  switchboard-cli accounts add --phone +380441234567
  switchboard-cli accounts add --account 2
  switchboard-cli accounts remove 2 --wipe";

pub(super) const INBOX: &str = "\
Examples:
  switchboard-cli inbox --unread --account 1
  switchboard-cli inbox --where \"tag:VIP -is:muted\" --limit 20
  switchboard-cli inbox --view Customers --export customers.xlsx
  switchboard-cli inbox --json";

pub(super) const MESSAGES: &str = "\
Examples:
  switchboard-cli messages 17 --limit 200
  switchboard-cli messages @anna_adler --mark-read
  switchboard-cli messages \"Anna Adler\" --account 2";

pub(super) const SEARCH: &str = "\
Examples:
  switchboard-cli search \"invoice from:me after:2026-05-31\"
  switchboard-cli search \"tag:VIP has:photo\" --limit 10
  switchboard-cli search paper --chat @anna_adler";

pub(super) const SEND: &str = "\
Examples:
  switchboard-cli send @anna_adler \"See you at nine\"
  switchboard-cli send 17 - --reply-to 1304
  switchboard-cli send 17 --template \"First reply\" --language uk";

pub(super) const TAGS: &str = "\
Examples:
  switchboard-cli tags add VIP --colour amber
  switchboard-cli tags put VIP 17 @anna_adler
  switchboard-cli tags take VIP --where \"quiet:30d\" --yes";

pub(super) const STATUS: &str = "\
Examples:
  switchboard-cli status set \"In progress\" 17
  switchboard-cli status set none --view Customers
  switchboard-cli status add Sold --means closed --colour green";

pub(super) const TASKS: &str = "\
Examples:
  switchboard-cli tasks add 17 \"Send the offer\" --kind i-owe --due 3d
  switchboard-cli tasks edit 4 --due \"2026-05-31 14:30\"
  switchboard-cli tasks done 4";

pub(super) const VIEWS: &str = "\
Examples:
  switchboard-cli views save Customers --tag Customer --waiting
  switchboard-cli inbox --view Customers";

pub(super) const SNOOZE: &str = "\
Examples:
  switchboard-cli snooze 3d 17 --unless-reply
  switchboard-cli snooze now 17";

pub(super) const TEMPLATES: &str = "\
Examples:
  switchboard-cli templates starters --add
  switchboard-cli templates add Thanks \"Thank you, {first_name|there}!\"
  switchboard-cli templates render Thanks 17";

pub(super) const BACKUP: &str = "\
Examples:
  switchboard-cli backup
  switchboard-cli backup set --folder backups --every 24 --at 13:00
  switchboard-cli backup verify backups/today.swbackup";

pub(super) const SANDBOX: &str = "\
Examples:
  switchboard-cli sandbox --profile-out demo.toml --still
  switchboard-cli sandbox --world load --chats 5000 --profile-out load.toml";

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Args;

    /// The words of a line; what stands in quotes is one.
    fn words(line: &str) -> Vec<&str> {
        let parts = line.split('"').enumerate();
        let words = parts.flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        });
        words.collect()
    }

    #[test]
    fn every_example_is_a_command_line() {
        let all = [
            FIRST, ACCOUNTS, INBOX, MESSAGES, SEARCH, SEND, TAGS, STATUS, TASKS, VIEWS, SNOOZE,
            TEMPLATES, BACKUP, SANDBOX,
        ];
        for examples in all {
            for line in examples.lines().skip(1) {
                let parsed = Args::try_parse_from(words(line));
                assert!(parsed.is_ok(), "{line}: {parsed:?}");
            }
        }
    }
}
