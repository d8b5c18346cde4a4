//! Jobs waiting for a connection's thread.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
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
    /// Threads without a job, by their numbers.
    idle: BTreeMap<usize, Arc<Condvar>>,
    closed: bool,
}

/// Two queues behind one lock, read by one or more threads. A job goes to the idle thread with the
/// lowest number: nearly all of them meet the first one's connection, whose cache is the largest and
/// holds the pages that were asked for lately.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
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
        let woken = waiting.idle.pop_first();
        drop(waiting);
        if let Some((_, woken)) = woken {
            woken.notify_one();
        }
        Ok(())
    }

    /// Takes no more jobs; those that wait still run.
    pub(crate) fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        for woken in std::mem::take(&mut waiting.idle).into_values() {
            woken.notify_one();
        }
    }

    /// The next job for the thread with this number, which no other has; `None` once the queue is
    /// closed and empty.
    pub(crate) fn next(&self, number: usize) -> Option<Job> {
        let own = Arc::new(Condvar::new());
        let mut waiting = self.lock();
        loop {
            let job = waiting.interactive.pop_front();
            if let Some(job) = job.or_else(|| waiting.bulk.pop_front()) {
                return Some(job);
            }
            if waiting.closed {
                return None;
            }
            waiting.idle.insert(number, Arc::clone(&own));
            waiting = own.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            // Still there only where nobody woke it.
            waiting.idle.remove(&number);
        }
    }

    /// Runs jobs on `conn` until the queue is closed and empty.
    pub(crate) fn serve(&self, number: usize, conn: &mut Connection) {
        while let Some(job) = self.next(number) {
            job(conn);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use super::*;

    #[test]
    fn every_job_runs_once_and_closing_ends_every_thread() {
        let queue = Arc::new(Queue::default());
        let threads: Vec<_> = (0..3)
            .map(|number| {
                let queue = Arc::clone(&queue);
                let mut conn = Connection::open_in_memory().expect("a database");
                thread::spawn(move || queue.serve(number, &mut conn))
            })
            .collect();
        let (ran, all) = mpsc::channel();
        for number in 0..2_000 {
            let ran = ran.clone();
            let job: Job = Box::new(move |_| ran.send(number).expect("somebody counts"));
            queue.push(Urgency::Interactive, job).expect("it is open");
            if number % 3 == 0 {
                // Lets threads become idle now and then.
                thread::yield_now();
            }
        }
        drop(ran);
        queue.close();
        let refused: Job = Box::new(|_| ());
        assert!(queue.push(Urgency::Bulk, refused).is_err());
        for thread in threads {
            thread.join().expect("it ends");
        }
        let mut numbers: Vec<i32> = all.iter().collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(0..2_000));
    }
}
