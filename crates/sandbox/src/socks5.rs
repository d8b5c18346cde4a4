//! A SOCKS5 server for tests, on loopback (<https://www.rfc-editor.org/rfc/rfc1928>).

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

const VERSION: u8 = 5;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NO_LOGIN: u8 = 0;
const PASSWORD: u8 = 2;
const NONE_FITS: u8 = 0xff;
/// Version of the exchange of user name and password (<https://www.rfc-editor.org/rfc/rfc1929>).
const PASSWORD_VERSION: u8 = 1;

/// Answers to a request to connect.
const GRANTED: u8 = 0;
const NOT_ALLOWED: u8 = 2;
const REFUSED: u8 = 5;
const NO_SUCH_COMMAND: u8 = 7;
const NO_SUCH_ADDRESS: u8 = 8;

/// A running SOCKS5 server. Dropping it cuts all of its connections.
#[derive(Debug)]
pub struct Socks5 {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    login: Option<(String, String)>,
    forbids: AtomicBool,
    tunnels: AtomicUsize,
}

impl Drop for Socks5 {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Socks5 {
    /// Listens on a free port. `login` is the user name and password that it insists upon.
    ///
    /// # Errors
    /// Where loopback has no free port.
    pub async fn start(login: Option<(&str, &str)>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            login: login.map(|(user, password)| (user.to_owned(), password.to_owned())),
            forbids: AtomicBool::new(false),
            tunnels: AtomicUsize::new(0),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections it has granted so far.
    #[must_use]
    pub fn tunnels(&self) -> usize {
        self.shared.tunnels.load(Ordering::Acquire)
    }

    /// Grants no connection from now on, or grants them again; those that stand stay.
    pub fn forbid(&self, forbids: bool) {
        self.shared.forbids.store(forbids, Ordering::Release);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut clients = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((client, _)) = accepted else { continue };
                let shared = Arc::clone(&shared);
                clients.spawn(async move {
                    if let Err(error) = serve(client, &shared).await {
                        tracing::debug!(%error, "a client of the proxy left");
                    }
                });
            }
            Some(_) = clients.join_next() => {}
        }
    }
}

async fn serve(mut client: TcpStream, shared: &Shared) -> io::Result<()> {
    greet(&mut client, shared).await?;
    let target = match asked_for(&mut client).await? {
        Ok(_) if shared.forbids.load(Ordering::Acquire) => Err(NOT_ALLOWED),
        asked => asked,
    };
    let connected = match target {
        Ok(target) => TcpStream::connect(target).await.map_err(|_| REFUSED),
        Err(answer) => Err(answer),
    };
    match connected {
        Ok(mut server) => {
            shared.tunnels.fetch_add(1, Ordering::AcqRel);
            answer(&mut client, GRANTED).await?;
            copy_bidirectional(&mut client, &mut server).await?;
            Ok(())
        }
        Err(refusal) => answer(&mut client, refusal).await,
    }
}

/// The method of showing who one is, and the showing.
async fn greet(client: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    if client.read_u8().await? != VERSION {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut methods = vec![0; usize::from(client.read_u8().await?)];
    client.read_exact(&mut methods).await?;
    let method = if shared.login.is_some() {
        PASSWORD
    } else {
        NO_LOGIN
    };
    if !methods.contains(&method) {
        client.write_all(&[VERSION, NONE_FITS]).await?;
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    client.write_all(&[VERSION, method]).await?;
    let Some((user, password)) = &shared.login else {
        return Ok(());
    };
    let _version = client.read_u8().await?;
    let shown = (text(client).await?, text(client).await?);
    let right = shown.0 == user.as_bytes() && shown.1 == password.as_bytes();
    client
        .write_all(&[PASSWORD_VERSION, u8::from(!right)])
        .await?;
    match right {
        true => Ok(()),
        false => Err(io::ErrorKind::PermissionDenied.into()),
    }
}

async fn text(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut text = vec![0; usize::from(client.read_u8().await?)];
    client.read_exact(&mut text).await?;
    Ok(text)
}

/// The address to connect to, or the answer to a request that is not understood.
async fn asked_for(client: &mut TcpStream) -> io::Result<Result<SocketAddr, u8>> {
    let mut head = [0; 4];
    client.read_exact(&mut head).await?;
    let [_version, command, _reserved, kind] = head;
    if kind != IPV4 {
        return Ok(Err(NO_SUCH_ADDRESS));
    }
    let mut ip = [0; 4];
    client.read_exact(&mut ip).await?;
    let port = client.read_u16().await?;
    Ok(match command {
        CONNECT => Ok(SocketAddr::new(Ipv4Addr::from(ip).into(), port)),
        _ => Err(NO_SUCH_COMMAND),
    })
}

async fn answer(client: &mut TcpStream, answer: u8) -> io::Result<()> {
    let nowhere = [0; 6];
    client.write_all(&[VERSION, answer, 0, IPV4]).await?;
    client.write_all(&nowhere).await
}
