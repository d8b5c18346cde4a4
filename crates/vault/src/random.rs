//! Randomness for keys, salts and nonces.

use std::io;

use rand::TryRng;
use rand::rngs::SysRng;

/// `N` bytes straight from the operating system's generator.
///
/// Keys do not come from a generator in this process: its state would stay in memory.
pub(crate) fn bytes<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(io::Error::other)?;
    Ok(bytes)
}
