//! Messages and what they carry.

use grammers_tl_types::{enums, types};

/// A `message` with no flag set.
pub(crate) fn message(id: i32, peer_id: enums::Peer, date: i32, message: String) -> types::Message {
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
        date,
        message,
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

/// A `messageService` with no flag set.
pub(crate) fn message_service(
    id: i32,
    peer_id: enums::Peer,
    date: i32,
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
        date,
        action,
        reactions: None,
        ttl_period: None,
    }
}

/// A `messageMediaPhoto` with no flag set.
pub(crate) fn message_media_photo() -> types::MessageMediaPhoto {
    types::MessageMediaPhoto {
        spoiler: false,
        live_photo: false,
        photo: None,
        ttl_seconds: None,
        video: None,
    }
}

/// A `messageMediaDocument` with no flag set.
pub(crate) fn message_media_document() -> types::MessageMediaDocument {
    types::MessageMediaDocument {
        nopremium: false,
        spoiler: false,
        video: false,
        round: false,
        voice: false,
        document: None,
        alt_documents: None,
        video_cover: None,
        video_timestamp: None,
        ttl_seconds: None,
    }
}

/// A `messageFwdHeader` with no flag set.
pub(crate) fn message_fwd_header(date: i32) -> types::MessageFwdHeader {
    types::MessageFwdHeader {
        imported: false,
        saved_out: false,
        from_id: None,
        from_name: None,
        date,
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

/// A `poll` with no flag set.
pub(crate) fn poll(
    question: enums::TextWithEntities,
    answers: Vec<enums::PollAnswer>,
) -> types::Poll {
    types::Poll {
        id: 0,
        closed: false,
        public_voters: false,
        multiple_choice: false,
        quiz: false,
        open_answers: false,
        revoting_disabled: false,
        shuffle_answers: false,
        hide_results_until_close: false,
        creator: false,
        subscribers_only: false,
        question,
        answers,
        close_period: None,
        close_date: None,
        countries_iso2: None,
        hash: 0,
    }
}

/// A `pollResults` with no flag set.
pub(crate) fn poll_results() -> types::PollResults {
    types::PollResults {
        min: false,
        has_unread_votes: false,
        can_view_stats: false,
        results: None,
        total_voters: None,
        recent_voters: None,
        solution: None,
        solution_entities: None,
        solution_media: None,
    }
}

/// A `messageReplyHeader` with no flag set.
pub(crate) fn message_reply_header() -> types::MessageReplyHeader {
    types::MessageReplyHeader {
        reply_to_scheduled: false,
        forum_topic: false,
        quote: false,
        reply_to_ephemeral: false,
        reply_to_msg_id: None,
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
