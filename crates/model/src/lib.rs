//! What Switchboard speaks about: ids, accounts, chats, messages, their states, and error codes. No I/O.
