//! The wrappers around a request: layer, client description, order, updates.
//!
//! <https://core.telegram.org/api/invoking>

use grammers_tl_types::{self as tl, Cursor, Deserializable, Identifiable, functions};

use crate::rpc_error::RpcError;
use crate::server::Device;

/// Wrappers nest no deeper than this.
const DEEPEST: usize = 8;

/// A request without its wrappers.
pub(super) struct Envelope {
    /// Constructor id of the function.
    pub(super) id: u32,
    /// TL name of the function.
    pub(super) method: &'static str,
    /// Its arguments.
    pub(super) body: Vec<u8>,
    /// The connection it came by wants updates.
    pub(super) wants_updates: bool,
    /// What the client says of itself, where it does.
    pub(super) device: Option<Device>,
}

/// The undecoded rest of a request.
struct Rest(Vec<u8>);

impl Deserializable for Rest {
    fn deserialize(buffer: &mut Cursor<'_>) -> tl::deserialize::Result<Self> {
        let mut rest = Vec::new();
        buffer.read_to_end(&mut rest)?;
        Ok(Self(rest))
    }
}

/// Takes a request out of its wrappers.
pub(super) fn open(mut body: Vec<u8>) -> Result<Envelope, RpcError> {
    let broken = |_| RpcError::bad("INPUT_METHOD_INVALID");
    let mut wants_updates = true;
    let mut device = None;
    for _ in 0..DEEPEST {
        let cursor = &mut Cursor::from_slice(&body);
        let id = u32::deserialize(cursor).map_err(broken)?;
        let inner = match id {
            functions::InvokeWithLayer::<()>::CONSTRUCTOR_ID => {
                functions::InvokeWithLayer::<Rest>::deserialize(cursor)
                    .map_err(broken)?
                    .query
            }
            functions::InitConnection::<()>::CONSTRUCTOR_ID => {
                let said =
                    functions::InitConnection::<Rest>::deserialize(cursor).map_err(broken)?;
                device = Some(Device {
                    api_id: said.api_id,
                    model: said.device_model,
                    system: said.system_version,
                    app: said.app_version,
                });
                said.query
            }
            functions::InvokeWithoutUpdates::<()>::CONSTRUCTOR_ID => {
                wants_updates = false;
                functions::InvokeWithoutUpdates::<Rest>::deserialize(cursor)
                    .map_err(broken)?
                    .query
            }
            functions::InvokeAfterMsg::<()>::CONSTRUCTOR_ID => {
                functions::InvokeAfterMsg::<Rest>::deserialize(cursor)
                    .map_err(broken)?
                    .query
            }
            _ => {
                let method = tl::name_for_id(id);
                let body = body.split_off(4);
                return Ok(Envelope {
                    id,
                    method,
                    body,
                    wants_updates,
                    device,
                });
            }
        };
        body = inner.0;
    }
    Err(RpcError::bad("INPUT_METHOD_INVALID"))
}
