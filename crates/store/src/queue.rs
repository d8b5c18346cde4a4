//! Jobs waiting for a connection's thread.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;

use crate::{Result, StoreError};

/// Work for a connection. It answers its caller itself.
pub(crate) type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Which jobs go first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// Somebody looks at the result.
    Interactive,
    /// Runs when nothing interactive waits.
    Bulk,
}

#[derive(Default)]
struct Waiting {
    interactive: VecDeque<Job>,
    bulk: VecDeque<Job>,
    closed: bool,
}

/// Two queues behind one lock, read by one or more threads.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    /// Jobs run outside the lock, so a poisoned lock still holds a whole queue.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a job.
    pub(crate) fn push(&self, urgency: Urgency, job: Job) -> Result<()> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(StoreError::Closed);
        }
        match urgency {
            Urgency::Interactive => waiting.interactive.push_back(job),
            Urgency::Bulk => waiting.bulk.push_back(job),
        }
        drop(waiting);
        self.changed.notify_one();
        Ok(())
    }

    /// Takes no more jobs; those that wait still run.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// The next job, or `None` once the queue is closed and empty.
    pub(crate) fn next(&self) -> Option<Job> {
        let mut waiting = self.lock();
        loop {
            let job = waiting.interactive.pop_front();
            if let Some(job) = job.or_else(|| waiting.bulk.pop_front()) {
                return Some(job);
            }
            if waiting.closed {
                return None;
            }
            waiting = self
                .changed
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Runs jobs on `conn` until the queue is closed and empty.
    pub(crate) fn serve(&self, conn: &mut Connection) {
        while let Some(job) = self.next() {
            job(conn);
        }
    }
}
