//! What runs by itself: account tasks, ingest, sync and the outbox.
