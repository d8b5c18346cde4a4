//! Being known in another data centre
//! (<https://core.telegram.org/api/datacenter#authorization-transfer>).

use std::time::Duration;

use grammers_tl_types::{enums, functions};

use crate::CallError;
use crate::pool::Pool;
use crate::session::LinkSession;

/// The data centre that knows the account vouches for it in another one, `dc`: `home` asks for
/// that, `away` hands it in.
pub(crate) async fn introduce(
    session: &LinkSession,
    home: &Pool,
    away: &Pool,
    dc: i32,
    limit: Duration,
) -> Result<(), CallError> {
    let export = functions::auth::ExportAuthorization { dc_id: dc };
    let enums::auth::ExportedAuthorization::Authorization(exported) =
        home.call(session, session.home(), &export, limit).await?;
    let import = functions::auth::ImportAuthorization {
        id: exported.id,
        bytes: exported.bytes,
    };
    match away.call(session, dc, &import, limit).await {
        Ok(_) => Ok(()),
        // Only that data centre says so: the session at home goes on.
        Err(CallError::SessionEnded(_)) => Err(CallError::Unclear),
        Err(error) => Err(error),
    }
}
