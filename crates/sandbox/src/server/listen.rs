//! Listening sockets of the data centres.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;

use crate::wire;

use super::Shared;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// Where the data centres listen.
#[derive(Debug, Default)]
pub(super) struct Doors {
    tasks: Mutex<Vec<JoinHandle<()>>>,
    /// Addresses that are kept while nobody listens there.
    reserved: Mutex<BTreeMap<i32, TcpSocket>>,
}

impl Doors {
    /// Binds an address and serves a data centre there.
    pub(super) async fn open(
        &self,
        shared: &Arc<Shared>,
        dc: i32,
        address: SocketAddr,
    ) -> io::Result<()> {
        let listener = TcpListener::bind(address).await?;
        self.serve(shared, dc, listener)
    }

    /// Nothing listens any more when this returns; the addresses are kept.
    pub(super) async fn close(&self, shared: &Shared) {
        let tasks = std::mem::take(&mut *lock(&self.tasks));
        if tasks.is_empty() {
            return;
        }
        for task in tasks {
            task.abort();
            // It ends by being aborted, which is what was asked for.
            let _ = task.await;
        }
        let kept = shared.endpoints().into_iter();
        let kept = kept.filter_map(|(dc, address)| Some((dc, reserve(address).ok()?)));
        *lock(&self.reserved) = kept.collect();
    }

    /// Listens again at the addresses of before [`Self::close`].
    pub(super) async fn reopen(&self, shared: &Arc<Shared>) -> io::Result<()> {
        let mut reserved = std::mem::take(&mut *lock(&self.reserved));
        for (dc, address) in shared.endpoints() {
            let Some(socket) = reserved.remove(&dc) else {
                self.open(shared, dc, address).await?;
                continue;
            };
            // Connections of before may not have ended altogether.
            socket.set_reuseaddr(true)?;
            self.serve(shared, dc, socket.listen(BACKLOG)?)?;
        }
        Ok(())
    }

    /// Ends all at once, without waiting.
    pub(super) fn abort(&self) {
        for task in std::mem::take(&mut *lock(&self.tasks)) {
            task.abort();
        }
    }

    fn serve(&self, shared: &Arc<Shared>, dc: i32, listener: TcpListener) -> io::Result<()> {
        shared.set_endpoint(dc, listener.local_addr()?);
        let shared = Arc::clone(shared);
        let task = tokio::spawn(async move { accept(listener, &shared, dc).await });
        lock(&self.tasks).push(task);
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps an address that nobody listens at: connections to it are refused, and no other program
/// is given it.
fn reserve(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    // Two that both allow it could share the address.
    socket.set_reuseaddr(false)?;
    Ok(socket)
}

async fn accept(listener: TcpListener, shared: &Arc<Shared>, dc: i32) {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => {
                // Answers are small and waited for.
                let _ = socket.set_nodelay(true);
                let shared = Arc::clone(shared);
                tokio::spawn(async move {
                    if let Err(error) = wire::serve(&shared, dc, socket).await {
                        tracing::debug!(dc, %error, "connection ended");
                    }
                });
            }
            Err(error) => tracing::warn!(dc, %error, "cannot accept a connection"),
        }
    }
}
