//! Telegram through grammers: session, login, updates, mapping, sending, files.
