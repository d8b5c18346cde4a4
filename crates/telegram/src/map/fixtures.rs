//! Blank Telegram values, to be filled in by tests.

use grammers_tl_types::{enums, types};

pub(crate) fn user(id: i64, first_name: &str) -> types::User {
    types::User {
        is_self: false,
        contact: false,
        mutual_contact: false,
        deleted: false,
        bot: false,
        bot_chat_history: false,
        bot_nochats: false,
        verified: false,
        restricted: false,
        min: false,
        bot_inline_geo: false,
        support: false,
        scam: false,
        apply_min_photo: false,
        fake: false,
        bot_attach_menu: false,
        premium: false,
        attach_menu_enabled: false,
        bot_can_edit: false,
        close_friend: false,
        stories_hidden: false,
        stories_unavailable: false,
        contact_require_premium: false,
        bot_business: false,
        bot_has_main_app: false,
        bot_forum_view: false,
        bot_forum_can_manage_topics: false,
        bot_can_manage_bots: false,
        bot_guestchat: false,
        bot_guard: false,
        id,
        access_hash: Some(id * 10),
        first_name: Some(first_name.into()),
        last_name: None,
        username: None,
        phone: None,
        photo: None,
        status: None,
        bot_info_version: None,
        restriction_reason: None,
        bot_inline_placeholder: None,
        lang_code: None,
        emoji_status: None,
        usernames: None,
        stories_max_id: None,
        color: None,
        profile_color: None,
        bot_active_users: None,
        bot_verification_icon: None,
        send_paid_messages_stars: None,
        linked_community_id: None,
    }
}

pub(crate) fn chat(id: i64, title: &str) -> types::Chat {
    types::Chat {
        creator: false,
        left: false,
        deactivated: false,
        call_active: false,
        call_not_empty: false,
        noforwards: false,
        id,
        title: title.into(),
        photo: enums::ChatPhoto::Empty,
        participants_count: 2,
        date: 0,
        version: 0,
        migrated_to: None,
        admin_rights: None,
        default_banned_rights: None,
    }
}

pub(crate) fn channel(id: i64, title: &str) -> types::Channel {
    types::Channel {
        creator: false,
        left: false,
        broadcast: false,
        verified: false,
        megagroup: false,
        restricted: false,
        signatures: false,
        min: false,
        scam: false,
        has_link: false,
        has_geo: false,
        slowmode_enabled: false,
        call_active: false,
        call_not_empty: false,
        fake: false,
        gigagroup: false,
        noforwards: false,
        join_to_send: false,
        join_request: false,
        forum: false,
        stories_hidden: false,
        stories_hidden_min: false,
        stories_unavailable: false,
        signature_profiles: false,
        autotranslation: false,
        broadcast_messages_allowed: false,
        monoforum: false,
        forum_tabs: false,
        id,
        access_hash: Some(id * 10),
        title: title.into(),
        username: None,
        photo: enums::ChatPhoto::Empty,
        date: 0,
        restriction_reason: None,
        admin_rights: None,
        banned_rights: None,
        default_banned_rights: None,
        participants_count: None,
        usernames: None,
        stories_max_id: None,
        color: None,
        profile_color: None,
        emoji_status: None,
        level: None,
        subscription_until_date: None,
        bot_verification_icon: None,
        send_paid_messages_stars: None,
        linked_monoforum_id: None,
        linked_community_id: None,
    }
}

pub(crate) fn no_text() -> types::ChatBannedRights {
    types::ChatBannedRights {
        view_messages: false,
        send_messages: true,
        send_media: false,
        send_stickers: false,
        send_gifs: false,
        send_games: false,
        send_inline: false,
        embed_links: false,
        send_polls: false,
        change_info: false,
        invite_users: false,
        pin_messages: false,
        manage_topics: false,
        send_photos: false,
        send_videos: false,
        send_roundvideos: false,
        send_audios: false,
        send_voices: false,
        send_docs: false,
        send_plain: false,
        edit_rank: false,
        send_reactions: false,
        manage_linked_peers: false,
        until_date: 0,
    }
}

pub(crate) fn message(id: i32, peer_id: enums::Peer, text: &str) -> types::Message {
    types::Message {
        out: false,
        mentioned: false,
        media_unread: false,
        silent: false,
        post: false,
        from_scheduled: false,
        legacy: false,
        edit_hide: false,
        pinned: false,
        noforwards: false,
        invert_media: false,
        offline: false,
        video_processing_pending: false,
        paid_suggested_post_stars: false,
        paid_suggested_post_ton: false,
        id,
        from_id: None,
        from_boosts_applied: None,
        from_rank: None,
        peer_id,
        saved_peer_id: None,
        fwd_from: None,
        via_bot_id: None,
        via_business_bot_id: None,
        guestchat_via_from: None,
        reply_to: None,
        date: 1_700_000_000,
        message: text.into(),
        media: None,
        reply_markup: None,
        entities: None,
        views: None,
        forwards: None,
        replies: None,
        edit_date: None,
        post_author: None,
        grouped_id: None,
        reactions: None,
        restriction_reason: None,
        ttl_period: None,
        quick_reply_shortcut_id: None,
        effect: None,
        factcheck: None,
        report_delivery_until_date: None,
        paid_message_stars: None,
        suggested_post: None,
        schedule_repeat_period: None,
        summary_from_language: None,
        rich_message: None,
    }
}

pub(crate) fn service(
    id: i32,
    peer_id: enums::Peer,
    action: enums::MessageAction,
) -> types::MessageService {
    types::MessageService {
        out: false,
        mentioned: false,
        media_unread: false,
        reactions_are_possible: false,
        silent: false,
        post: false,
        legacy: false,
        id,
        from_id: None,
        peer_id,
        saved_peer_id: None,
        reply_to: None,
        date: 0,
        action,
        reactions: None,
        ttl_period: None,
    }
}

pub(crate) fn reply_header(id: i32) -> types::MessageReplyHeader {
    types::MessageReplyHeader {
        reply_to_scheduled: false,
        forum_topic: false,
        quote: false,
        reply_to_ephemeral: false,
        reply_to_msg_id: Some(id),
        reply_to_peer_id: None,
        reply_from: None,
        reply_media: None,
        reply_to_top_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        todo_item_id: None,
        poll_option: None,
    }
}

pub(crate) fn forward() -> types::MessageFwdHeader {
    types::MessageFwdHeader {
        imported: false,
        saved_out: false,
        from_id: None,
        from_name: None,
        date: 0,
        channel_post: None,
        post_author: None,
        saved_from_peer: None,
        saved_from_msg_id: None,
        saved_from_id: None,
        saved_from_name: None,
        saved_date: None,
        psa_type: None,
    }
}

pub(crate) fn notify(mute_until: Option<i32>) -> types::PeerNotifySettings {
    types::PeerNotifySettings {
        show_previews: None,
        silent: None,
        mute_until,
        ios_sound: None,
        android_sound: None,
        other_sound: None,
        stories_muted: None,
        stories_hide_sender: None,
        stories_ios_sound: None,
        stories_android_sound: None,
        stories_other_sound: None,
    }
}

pub(crate) fn draft(text: &str) -> types::DraftMessage {
    types::DraftMessage {
        no_webpage: false,
        invert_media: false,
        reply_to: None,
        message: text.into(),
        entities: None,
        media: None,
        date: 0,
        effect: None,
        suggested_post: None,
        rich_message: None,
    }
}

pub(crate) fn dialog(peer: enums::Peer, top_message: i32) -> types::Dialog {
    types::Dialog {
        pinned: false,
        unread_mark: false,
        view_forum_as_messages: false,
        peer,
        top_message,
        read_inbox_max_id: 0,
        read_outbox_max_id: 0,
        unread_count: 0,
        unread_mentions_count: 0,
        unread_reactions_count: 0,
        unread_poll_votes_count: 0,
        notify_settings: notify(None).into(),
        pts: None,
        draft: None,
        folder_id: None,
        ttl_period: None,
    }
}

pub(crate) fn document(attributes: Vec<enums::DocumentAttribute>) -> types::MessageMediaDocument {
    let document = types::Document {
        id: 70,
        access_hash: 71,
        file_reference: vec![1],
        date: 0,
        mime_type: String::new(),
        size: 1000,
        thumbs: None,
        video_thumbs: None,
        dc_id: 2,
        attributes,
    };
    types::MessageMediaDocument {
        nopremium: false,
        spoiler: false,
        video: false,
        round: false,
        voice: false,
        document: Some(document.into()),
        alt_documents: None,
        video_cover: None,
        video_timestamp: None,
        ttl_seconds: None,
    }
}

pub(crate) fn photo(sizes: &[(&str, i32)], ttl_seconds: Option<i32>) -> types::MessageMediaPhoto {
    let sizes = sizes
        .iter()
        .map(|(name, side)| {
            types::PhotoSize {
                r#type: (*name).into(),
                w: *side,
                h: side / 2,
                size: side * 10,
            }
            .into()
        })
        .collect();
    let photo = types::Photo {
        has_stickers: false,
        id: 60,
        access_hash: 61,
        file_reference: vec![2],
        date: 0,
        sizes,
        video_sizes: None,
        dc_id: 2,
    };
    types::MessageMediaPhoto {
        spoiler: false,
        live_photo: false,
        photo: Some(photo.into()),
        ttl_seconds,
        video: None,
    }
}

pub(crate) fn file_name(name: &str) -> enums::DocumentAttribute {
    types::DocumentAttributeFilename {
        file_name: name.into(),
    }
    .into()
}

pub(crate) fn audio(duration: i32, voice: bool) -> enums::DocumentAttribute {
    types::DocumentAttributeAudio {
        voice,
        duration,
        title: None,
        performer: None,
        waveform: None,
    }
    .into()
}

pub(crate) fn video(duration: f64) -> enums::DocumentAttribute {
    types::DocumentAttributeVideo {
        round_message: false,
        supports_streaming: false,
        nosound: false,
        duration,
        w: 0,
        h: 0,
        preload_prefix_size: None,
        video_start_ts: None,
        video_codec: None,
    }
    .into()
}

pub(crate) fn sticker(alt: &str) -> enums::DocumentAttribute {
    types::DocumentAttributeSticker {
        mask: false,
        alt: alt.into(),
        stickerset: enums::InputStickerSet::Empty,
        mask_coords: None,
    }
    .into()
}
