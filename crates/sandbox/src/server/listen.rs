//! Listening sockets of the data centres.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::wire;

use super::Shared;

/// Binds an address and serves a data centre there until the task is aborted.
pub(super) async fn open(
    shared: &Arc<Shared>,
    dc: i32,
    address: SocketAddr,
) -> io::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address).await?;
    shared.set_endpoint(dc, listener.local_addr()?);
    let shared = Arc::clone(shared);
    Ok(tokio::spawn(
        async move { accept(listener, &shared, dc).await },
    ))
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
