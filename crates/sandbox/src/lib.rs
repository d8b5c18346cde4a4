//! A simulated Telegram on loopback, and the demo world that lives in it.
