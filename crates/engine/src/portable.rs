//! The file that carries settings, and what is kept of people and chats, to another workspace.

use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use switchboard_model::{Actor, Code, Event, Imported, WindowChange, WindowSettings};
use switchboard_store::portable::Portable;
use switchboard_store::{DeedOf, StoreError};

use crate::{Engine, EngineError};

/// Bytes of such a file at most; it is read into memory.
const LARGEST: u64 = 1 << 29;

impl Engine {
    /// Writes all settings into a file, those of the window among them, and with `people` what is
    /// kept of people and chats too. Tells its bytes.
    ///
    /// # Errors
    /// [`Code::ReadOnly`], [`Code::DiskFull`] and those of reading. A file of that name stays as it
    /// was then.
    pub async fn export_state(
        &self,
        file: PathBuf,
        people: bool,
        window: WindowSettings,
    ) -> Result<u32, EngineError> {
        let read = self.store().read(move |reader| reader.portable(people));
        let portable = Portable {
            window,
            ..read.await?
        };
        let written = tokio::task::spawn_blocking(move || write(&file, &portable)).await;
        Ok(written.map_err(|_| StoreError::Panicked)??)
    }

    /// Takes in what such a file holds, as one change. With `look` nothing changes and it is only
    /// told what would. The window's settings are handed out, for the window to take over; what that
    /// makes different of them, by `differs`, is kept with the change.
    ///
    /// # Errors
    /// [`Code::ImportUnreadable`], [`Code::NewerVersion`], [`Code::NotFound`] without the file.
    pub async fn import_state(
        &self,
        file: PathBuf,
        look: bool,
        differs: impl FnOnce(&WindowSettings) -> WindowChange + Send,
    ) -> Result<Imported, EngineError> {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let read = tokio::task::spawn_blocking(move || read(&file)).await;
        let portable = read.map_err(|_| StoreError::Panicked)??;
        let window = differs(&portable.window);
        self.take_in(portable, name, look, window).await
    }

    /// Takes in what a file said, as one change; `name` is what the log calls it, `window` what the
    /// window makes of it.
    ///
    /// # Errors
    /// As [`Self::import_state`].
    pub async fn take_in(
        &self,
        portable: Portable,
        name: String,
        look: bool,
        window: WindowChange,
    ) -> Result<Imported, EngineError> {
        let by = DeedOf {
            actor: Actor::Import,
            now_ms: self.clock().now_ms(),
        };
        let (imported, worked) = self
            .store()
            .write(move |tx| tx.import(&portable, &name, look, &window, &by))
            .await
            .map_err(unreadable)?;
        if !look {
            self.tell_worked(&worked).await?;
            self.house().bus.tell(Event::Catalog);
            self.remind_soon();
        }
        Ok(imported)
    }
}

fn unreadable(error: StoreError) -> EngineError {
    match error {
        StoreError::BadRequest => EngineError::Refused(Code::ImportUnreadable),
        other => other.into(),
    }
}

fn read(file: &Path) -> Result<Portable, EngineError> {
    let opened = File::open(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => EngineError::Store(StoreError::NotFound),
        _ => StoreError::from(error).into(),
    })?;
    let text = BufReader::new(opened).take(LARGEST);
    serde_json::from_reader(text).map_err(|error| {
        // Its words may quote the file; its place does not.
        let (class, line, column) = (error.classify(), error.line(), error.column());
        tracing::info!(?class, line, column, "a file to import cannot be read");
        EngineError::Refused(Code::ImportUnreadable)
    })
}

/// Writes beside the file and renames: what was there stays until the new one is whole.
fn write(file: &Path, portable: &Portable) -> Result<u32, StoreError> {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_part(&part, portable).and_then(|bytes| {
        fs::rename(&part, file)?;
        Ok(bytes)
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

fn write_part(part: &Path, portable: &Portable) -> Result<u32, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // It holds notes in the clear.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = BufWriter::new(options.open(part)?);
    serde_json::to_writer_pretty(&mut out, portable)?;
    out.write_all(b"\n")?;
    let file = out
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(u32::try_from(file.metadata()?.len()).unwrap_or(u32::MAX))
}
