//! One record: what was done, and when.

use std::borrow::Cow;
use std::io;

use thiserror::Error;

use crate::deed::Deed;
use crate::wire::KeyId;

const REQUEST: u8 = 1;
const DEED: u8 = 2;

/// What was done, with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    /// Unix milliseconds.
    pub(crate) at_ms: i64,
    pub(crate) act: Act<'a>,
}

/// Who did what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Act<'a> {
    /// A client's request.
    Request {
        /// The key it came by; who is signed in with it follows from the requests before.
        key: KeyId,
        /// The data centre it came to.
        dc: i32,
        /// Constructor id of the function.
        id: u32,
        /// Its serialized arguments.
        body: Cow<'a, [u8]>,
    },
    /// A deed of somebody on the other side.
    Deed(Cow<'a, Deed>),
}

impl<'a> From<&'a Deed> for Act<'a> {
    fn from(deed: &'a Deed) -> Self {
        Self::Deed(Cow::Borrowed(deed))
    }
}

/// Bytes that are no record.
#[derive(Debug, Error)]
pub(crate) enum Undecodable {
    #[error("it is too short")]
    Short,
    #[error("its kind {0} is unknown")]
    Kind(u8),
    #[error("deed: {0}")]
    Deed(#[from] serde_json::Error),
}

impl Record<'_> {
    /// Kind, time, then: key, data centre, function and arguments; or the deed as JSON. Numbers
    /// are little-endian.
    pub(super) fn encode(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let kind = match &self.act {
            Act::Request { .. } => REQUEST,
            Act::Deed(_) => DEED,
        };
        bytes.push(kind);
        bytes.extend(self.at_ms.to_le_bytes());
        match &self.act {
            Act::Request { key, dc, id, body } => {
                bytes.extend(key);
                bytes.extend(dc.to_le_bytes());
                bytes.extend(id.to_le_bytes());
                bytes.extend_from_slice(body);
            }
            Act::Deed(deed) => serde_json::to_writer(&mut bytes, deed)?,
        }
        Ok(bytes)
    }

    /// Reads what [`Record::encode`] wrote.
    pub(super) fn decode(bytes: &[u8]) -> Result<Record<'static>, Undecodable> {
        let mut rest = bytes;
        let [kind] = take(&mut rest)?;
        let at_ms = i64::from_le_bytes(take(&mut rest)?);
        let act = match kind {
            REQUEST => Act::Request {
                key: take(&mut rest)?,
                dc: i32::from_le_bytes(take(&mut rest)?),
                id: u32::from_le_bytes(take(&mut rest)?),
                body: Cow::Owned(rest.to_vec()),
            },
            DEED => Act::Deed(Cow::Owned(serde_json::from_slice(rest)?)),
            kind => return Err(Undecodable::Kind(kind)),
        };
        Ok(Record { at_ms, act })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], Undecodable> {
    let (first, rest) = bytes.split_first_chunk::<N>().ok_or(Undecodable::Short)?;
    *bytes = rest;
    Ok(*first)
}
