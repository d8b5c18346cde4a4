//! `upload.*`: files in parts.
//!
//! <https://core.telegram.org/api/files>

use grammers_tl_types::{Identifiable, enums, functions::upload as f, types};

use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::world::files::{Content, File, Sized, sizes};

use super::{Answer, Call};

/// Parts are asked for in multiples of this.
const STEP: i64 = 1024;
/// No part may cross a border of this size.
const BLOCK: i64 = 1024 * 1024;
/// The largest part that can be uploaded.
const LARGEST_PART: usize = 512 * 1024;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetFile::CONSTRUCTOR_ID => call.on(body, get_file),
        f::SaveFilePart::CONSTRUCTOR_ID => call.on(body, save_file_part),
        f::SaveBigFilePart::CONSTRUCTOR_ID => call.on(body, save_big_file_part),
        _ => return None,
    })
}

fn get_file(call: &mut Call<'_>, q: f::GetFile) -> Result<enums::upload::File, RpcError> {
    check_range(q.offset, q.limit)?;
    let account = call.account()?;
    let here = call.dc;
    if let Some(dc) = call.world().files_at.filter(|dc| *dc != here) {
        return Err(RpcError::new(303, format!("FILE_MIGRATE_{dc}")));
    }
    call.state.world.take_token(account, call.method)?;
    let (r#type, bytes) = match &q.location {
        enums::InputFileLocation::InputPhotoFileLocation(at) => {
            let file = call.file(at.id, at.access_hash, &at.file_reference)?;
            (
                enums::storage::FileType::FileJpeg,
                call.photo_part(file, &at.thumb_size, &q)?,
            )
        }
        enums::InputFileLocation::InputDocumentFileLocation(at) => {
            let file = call.file(at.id, at.access_hash, &at.file_reference)?;
            let Content::Document(document) = &file.content else {
                return Err(RpcError::bad("LOCATION_INVALID"));
            };
            let world = &call.state.world;
            let bytes = world.document_bytes(file, document, q.offset, q.limit);
            (enums::storage::FileType::FileUnknown, bytes)
        }
        enums::InputFileLocation::InputPeerPhotoFileLocation(at) => {
            let peer = call.peer(&at.peer)?;
            let file = call.peer_photo(peer, at.photo_id)?;
            let size = if at.big { "x" } else { "m" };
            (
                enums::storage::FileType::FileJpeg,
                call.photo_part(file, size, &q)?,
            )
        }
        _ => return Err(RpcError::bad("LOCATION_INVALID")),
    };
    Ok(types::upload::File {
        r#type,
        mtime: call.world().now(),
        bytes,
    }
    .into())
}

fn check_range(offset: i64, limit: i32) -> Result<(), RpcError> {
    let limit = i64::from(limit);
    if limit <= 0 || limit > BLOCK || limit % STEP != 0 {
        return Err(RpcError::bad("LIMIT_INVALID"));
    }
    if offset < 0 || offset % STEP != 0 || offset / BLOCK != (offset + limit - 1) / BLOCK {
        return Err(RpcError::bad("OFFSET_INVALID"));
    }
    Ok(())
}

impl Call<'_> {
    fn file(&self, id: i64, hash: i64, reference: &[u8]) -> Result<&File, RpcError> {
        let world = &self.state.world;
        let file = world.files.get(&id).filter(|_| world.file_hash(id) == hash);
        let file = file.ok_or_else(|| RpcError::bad("LOCATION_INVALID"))?;
        if reference != world.file_reference(self.account()?, id) {
            return Err(RpcError::bad("FILE_REFERENCE_EXPIRED"));
        }
        Ok(file)
    }

    fn peer_photo(&self, peer: Peer, photo: i64) -> Result<&File, RpcError> {
        let world = &self.state.world;
        let shown = match peer {
            Peer::User(id) => world
                .users
                .get(&id)
                .is_some_and(|user| user.photos.contains(&photo)),
            Peer::Chat(id) => world
                .groups
                .get(&id)
                .is_some_and(|chat| chat.photo == Some(photo)),
            Peer::Channel(id) => world
                .channels
                .get(&id)
                .is_some_and(|chat| chat.photo == Some(photo)),
        };
        let file = world.files.get(&photo).filter(|_| shown);
        file.ok_or_else(|| RpcError::bad("LOCATION_INVALID"))
    }

    fn photo_part(&self, file: &File, size: &str, q: &f::GetFile) -> Result<Vec<u8>, RpcError> {
        let Content::Photo { width, height, .. } = &file.content else {
            return Err(RpcError::bad("LOCATION_INVALID"));
        };
        let found: Option<Sized> = sizes(*width, *height)
            .into_iter()
            .find(|found| found.name == size);
        let found = found.ok_or_else(|| RpcError::bad("LOCATION_INVALID"))?;
        let all = self.state.world.photo_bytes(file, &found);
        let start = usize::try_from(q.offset)
            .unwrap_or(usize::MAX)
            .min(all.len());
        let end = start
            .saturating_add(usize::try_from(q.limit).unwrap_or(0))
            .min(all.len());
        Ok(all.get(start..end).unwrap_or_default().to_vec())
    }

    fn keep_part(&mut self, file: i64, part: i32, bytes: Vec<u8>) -> Result<bool, RpcError> {
        if bytes.is_empty() || bytes.len() > LARGEST_PART {
            return Err(RpcError::bad("FILE_PART_SIZE_INVALID"));
        }
        if part < 0 {
            return Err(RpcError::bad("FILE_PART_INVALID"));
        }
        let account = self.account()?;
        self.world().uploads.put(account, file, part, bytes);
        Ok(true)
    }
}

fn save_file_part(call: &mut Call<'_>, q: f::SaveFilePart) -> Result<bool, RpcError> {
    call.keep_part(q.file_id, q.file_part, q.bytes)
}

fn save_big_file_part(call: &mut Call<'_>, q: f::SaveBigFilePart) -> Result<bool, RpcError> {
    call.keep_part(q.file_id, q.file_part, q.bytes)
}
