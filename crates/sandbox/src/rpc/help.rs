//! `help.*`

use std::net::SocketAddr;

use grammers_tl_types::{Identifiable, enums, functions::help as f, types};

use crate::rpc_error::RpcError;

use super::{Answer, Call};

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetConfig::CONSTRUCTOR_ID => call.on(body, get_config),
        f::GetNearestDc::CONSTRUCTOR_ID => call.on(body, get_nearest_dc),
        _ => return None,
    })
}

fn get_nearest_dc(call: &mut Call<'_>, _: f::GetNearestDc) -> Result<enums::NearestDc, RpcError> {
    Ok(types::NearestDc {
        country: "XX".into(),
        this_dc: call.dc,
        nearest_dc: 1,
    }
    .into())
}

fn dc_option(id: i32, address: SocketAddr) -> enums::DcOption {
    types::DcOption {
        ipv6: address.is_ipv6(),
        media_only: false,
        tcpo_only: false,
        cdn: false,
        r#static: true,
        this_port_only: false,
        id,
        ip_address: address.ip().to_string(),
        port: i32::from(address.port()),
        secret: None,
    }
    .into()
}

fn get_config(call: &mut Call<'_>, _: f::GetConfig) -> Result<enums::Config, RpcError> {
    let endpoints = call.shared.endpoints();
    let date = call.world().now();
    Ok(types::Config {
        default_p2p_contacts: false,
        preload_featured_stickers: false,
        revoke_pm_inbox: true,
        blocked_mode: false,
        force_try_ipv6: false,
        date,
        expires: date.saturating_add(3600),
        test_mode: true,
        this_dc: call.dc,
        dc_options: endpoints
            .into_iter()
            .map(|(id, address)| dc_option(id, address))
            .collect(),
        dc_txt_domain_name: String::new(),
        chat_size_max: 200,
        megagroup_size_max: 200_000,
        forwarded_count_max: 100,
        online_update_period_ms: 210_000,
        offline_blur_timeout_ms: 5_000,
        offline_idle_timeout_ms: 30_000,
        online_cloud_timeout_ms: 300_000,
        notify_cloud_delay_ms: 30_000,
        notify_default_delay_ms: 1_500,
        push_chat_period_ms: 60_000,
        push_chat_limit: 2,
        edit_time_limit: 172_800,
        revoke_time_limit: i32::MAX,
        revoke_pm_time_limit: i32::MAX,
        rating_e_decay: 2_419_200,
        stickers_recent_limit: 200,
        channels_read_media_period: 604_800,
        tmp_sessions: None,
        call_receive_timeout_ms: 20_000,
        call_ring_timeout_ms: 90_000,
        call_connect_timeout_ms: 30_000,
        call_packet_timeout_ms: 10_000,
        me_url_prefix: "https://t.me/".into(),
        autoupdate_url_prefix: None,
        gif_search_username: None,
        venue_search_username: None,
        img_search_username: None,
        static_maps_provider: None,
        caption_length_max: 1_024,
        message_length_max: 4_096,
        webfile_dc_id: 1,
        suggested_lang_code: None,
        lang_pack_version: None,
        base_lang_pack_version: None,
        reactions_default: None,
        autologin_token: None,
    }
    .into())
}
