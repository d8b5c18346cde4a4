//! The handle: one writer, a few readers, each connection on a thread of its own.

use std::{
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::{
    Result, StoreError,
    memory::Memory,
    open::{self, Options},
    queue::{Job, Queue, Urgency},
    table::{self, tail},
};

/// One snapshot of the database. All reads of a job see the same.
pub struct Reader<'c> {
    pub(crate) conn: &'c Connection,
    /// What lists are made of, as of the last commit.
    pub(crate) memory: &'c Memory,
    /// How often names had changed before the snapshot was taken; `None` within a transaction that
    /// writes, which sees names that nobody else does yet.
    pub(crate) names_at: Option<u64>,
}

/// A writing transaction. It commits where the job returns `Ok`, and is undone otherwise.
pub struct Tx<'c> {
    reader: Reader<'c>,
}

impl<'c> Deref for Tx<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// Survives the end of this process; a power cut may undo the last commits in order.
    Process,
    /// Survives a power cut.
    Disk,
}

/// The open database. Clones share it.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

struct Shared {
    writes: Arc<Queue>,
    reads: Arc<Queue>,
    memory: Memory,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Mutex<Vec<JoinHandle<()>>>,
    was_clean: bool,
    /// Where the file is, and its key while it is open, for connections that copies need.
    path: PathBuf,
    key: Mutex<Option<open::Key>>,
    encrypted: bool,
}

impl Shared {
    /// Waits for threads that were told to end. One of them may hold the last handle: it does not
    /// wait for itself.
    fn join(threads: impl IntoIterator<Item = JoinHandle<()>>) {
        let here = thread::current().id();
        for thread in threads {
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!("a store thread ended with a panic");
            }
        }
    }

    fn join_readers(&self) {
        Self::join(std::mem::take(&mut *lock(&self.readers)));
    }

    fn join_writer(&self) {
        Self::join(lock(&self.writer).take());
    }
}

/// The last handle ends the threads and waits for them: a connection that is still at work while
/// the process exits would use OpenSSL after its own exit handler cleaned it up.
impl Drop for Shared {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
        self.join_readers();
        self.join_writer();
    }
}

impl Store {
    /// Opens the encrypted database at `path`, making or migrating it where needed.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`], [`StoreError::Damaged`], [`StoreError::NewerVersion`],
    /// [`StoreError::ReadOnly`], [`StoreError::DiskFull`]. The file is never removed, and one that
    /// is refused is left as it was.
    pub fn open(path: &Path, key: &[u8; 32]) -> Result<Self> {
        Self::open_with(path, Some(key), Options::default())
    }

    /// As [`Self::open`]; without a key the file is plain, which only measurements want.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(path: &Path, key: Option<&[u8; 32]>, options: Options) -> Result<Self> {
        let key = key.map(|key| Zeroizing::new(*key));
        let mut conn = open::writer(path, key.as_ref(), &options)?;
        let was_clean = table::run::begin(&conn)?;
        table::outgoing::recover(&conn, None)?;
        let memory = Memory::begin(&mut conn)?;
        let writes = Arc::new(Queue::default());
        let reads = Arc::new(Queue::default());
        let writer = serve_writer(&writes, conn, memory.clone())?;
        let mut readers = Vec::new();
        for number in 0..options.readers.max(1) {
            let cache_kib = match number {
                0 => options.reader_cache_kib,
                _ => options.spare_cache_kib,
            };
            let conn = open::reader(path, key.as_ref(), cache_kib)?;
            readers.push(serve(number, &reads, conn)?);
        }
        let shared = Shared {
            writes,
            reads,
            memory,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(readers),
            was_clean,
            path: path.to_owned(),
            encrypted: key.is_some(),
            key: Mutex::new(key),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Where the database is, and its key.
    pub(crate) fn place(&self) -> Result<(PathBuf, Option<open::Key>)> {
        let key = lock(&self.shared.key).clone();
        match key.is_none() && self.shared.encrypted {
            true => Err(StoreError::Closed),
            false => Ok((self.shared.path.clone(), key)),
        }
    }

    /// Whether the process that held the file before closed it in order. Where not, run
    /// [`Self::quick_check`] in the background.
    #[must_use]
    pub fn was_clean(&self) -> bool {
        self.shared.was_clean
    }

    /// Runs `job` as one transaction, before any bulk work that waits.
    ///
    /// # Errors
    /// Those of the job, [`StoreError::Panicked`], [`StoreError::Closed`], and those of the commit.
    pub async fn write<T, J>(&self, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_write(Urgency::Interactive, Durability::Process, job)
            .await
    }

    /// As [`Self::write`], and on the disk when it returns.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn write_durable<T, J>(&self, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_write(Urgency::Interactive, Durability::Disk, job)
            .await
    }

    /// As [`Self::write`], but behind everything interactive. Keep a job below 1,000 rows, or
    /// somebody waits for it.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn write_bulk<T, J>(&self, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.send_write(Urgency::Bulk, Durability::Process, job)
            .await
    }

    async fn send_write<T, J>(&self, urgency: Urgency, durability: Durability, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let memory = self.shared.memory.clone();
        let job: Job = Box::new(move |conn| {
            // A caller that went away wants no answer; its change is made all the same.
            let _ = answer.send(write((conn, &memory), durability, job));
        });
        self.shared.writes.push(urgency, job)?;
        answered.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Runs `job` on a snapshot.
    ///
    /// # Errors
    /// Those of the job, [`StoreError::Panicked`], [`StoreError::Closed`].
    pub async fn read<T, J>(&self, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&Reader<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let memory = self.shared.memory.clone();
        let job: Job = Box::new(move |conn| {
            let _ = answer.send(read((conn, &memory), job));
        });
        self.shared.reads.push(Urgency::Interactive, job)?;
        answered.await.unwrap_or(Err(StoreError::Closed))
    }

    /// [`Self::write`] for callers outside a runtime.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_blocking<T, J>(&self, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = mpsc::sync_channel(1);
        let memory = self.shared.memory.clone();
        let job: Job = Box::new(move |conn| {
            let _ = answer.send(write((conn, &memory), Durability::Process, job));
        });
        self.shared.writes.push(Urgency::Interactive, job)?;
        answered.recv().unwrap_or(Err(StoreError::Closed))
    }

    /// [`Self::read`] for callers outside a runtime.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_blocking<T, J>(&self, job: J) -> Result<T>
    where
        T: Send + 'static,
        J: FnOnce(&Reader<'_>) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = mpsc::sync_channel(1);
        let memory = self.shared.memory.clone();
        let job: Job = Box::new(move |conn| {
            let _ = answer.send(read((conn, &memory), job));
        });
        self.shared.reads.push(Urgency::Interactive, job)?;
        answered.recv().unwrap_or(Err(StoreError::Closed))
    }

    /// Reads every page and compares tables with their indexes; seconds for a large file.
    ///
    /// # Errors
    /// Those of reading; a damaged page may end it early, which also answers `false`.
    pub async fn quick_check(&self) -> Result<bool> {
        let checked = self
            .read(|reader| table::run::quick_check(reader.conn))
            .await;
        match checked {
            Err(StoreError::Damaged) => Ok(false),
            other => other,
        }
    }

    /// Ends in order: what waits is done, the log is moved into the file, and the file is marked
    /// as whole. Other clones answer [`StoreError::Closed`] from now on. Blocks; call it from a
    /// thread that may.
    pub fn close(self) {
        *lock(&self.shared.key) = None;
        self.shared.reads.close();
        // Readers first: a snapshot in use would keep the log from being emptied.
        self.shared.join_readers();
        let memory = self.shared.memory.clone();
        let last: Job = Box::new(move |conn| {
            let settled = tail::settle(conn, memory.vocabulary());
            if let Err(error) = settled.and_then(|()| table::run::end(conn)) {
                tracing::warn!(?error, "the database was not closed in order");
            }
        });
        // Refused only where another clone closed it already.
        let _ = self.shared.writes.push(Urgency::Bulk, last);
        self.shared.writes.close();
        self.shared.join_writer();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a reader's thread, which serves `queue` with `conn`.
fn serve(number: usize, queue: &Arc<Queue>, mut conn: Connection) -> Result<JoinHandle<()>> {
    let queue = Arc::clone(queue);
    let thread = thread::Builder::new().name(format!("store-reader-{number}"));
    Ok(thread.spawn(move || queue.serve(number, &mut conn))?)
}

/// Starts the thread that writes; between jobs it keeps the tail of the full-text index short.
fn serve_writer(
    queue: &Arc<Queue>,
    mut conn: Connection,
    memory: Memory,
) -> Result<JoinHandle<()>> {
    let queue = Arc::clone(queue);
    let thread = thread::Builder::new().name("store-writer".to_owned());
    let mut tail = tail::Keeper::default();
    Ok(thread.spawn(move || {
        while let Some(job) = queue.next(0) {
            job(&mut conn);
            tail.after_write(&mut conn, memory.vocabulary());
        }
    })?)
}

/// Runs a writing job; `synchronous` cannot change inside a transaction, so it is set around it.
fn write<T>(
    (conn, memory): (&mut Connection, &Memory),
    durability: Durability,
    job: impl FnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    if durability == Durability::Disk {
        conn.pragma_update(None, "synchronous", "FULL")?;
    }
    let result = transaction(conn, TransactionBehavior::Immediate, |tx| {
        job(&mut Tx {
            reader: Reader {
                conn: tx,
                memory,
                names_at: None,
            },
        })
    });
    if result.is_err() {
        memory.vocabulary().forget();
    }
    memory.catch_up(conn);
    if durability == Durability::Disk {
        conn.pragma_update(None, "synchronous", "NORMAL")?;
    }
    result
}

fn read<T>(
    (conn, memory): (&mut Connection, &Memory),
    job: impl FnOnce(&Reader<'_>) -> Result<T>,
) -> Result<T> {
    let names_at = Some(memory.names().changes());
    transaction(conn, TransactionBehavior::Deferred, |tx| {
        job(&Reader {
            conn: tx,
            memory,
            names_at,
        })
    })
}

/// A transaction that a panic in `job` undoes as an error does.
fn transaction<T>(
    conn: &mut Connection,
    behavior: TransactionBehavior,
    job: impl FnOnce(&Transaction<'_>) -> Result<T>,
) -> Result<T> {
    catch_unwind(AssertUnwindSafe(|| {
        let tx = conn.transaction_with_behavior(behavior)?;
        let value = job(&tx)?;
        tx.commit()?;
        Ok(value)
    }))
    .unwrap_or(Err(StoreError::Panicked))
}
