//! A sent message of which the answer tells only what the request did not.

use grammers_tl_types::{enums, functions, types};
use switchboard_model::{PeerId, PeerKind};

/// The whole message that an `updateShortSentMessage` stands for
/// (<https://core.telegram.org/constructor/updateShortSentMessage>).
pub(crate) fn short_sent(
    short: types::UpdateShortSentMessage,
    peer: PeerId,
    me: i64,
    request: &functions::messages::SendMessage,
) -> types::Message {
    types::Message {
        out: true,
        mentioned: false,
        media_unread: false,
        silent: request.silent,
        post: false,
        from_scheduled: false,
        legacy: false,
        edit_hide: false,
        pinned: false,
        noforwards: request.noforwards,
        invert_media: request.invert_media,
        offline: false,
        video_processing_pending: false,
        paid_suggested_post_stars: false,
        paid_suggested_post_ton: false,
        id: short.id,
        from_id: Some(types::PeerUser { user_id: me }.into()),
        from_boosts_applied: None,
        from_rank: None,
        peer_id: input_peer(peer),
        saved_peer_id: None,
        fwd_from: None,
        via_bot_id: None,
        via_business_bot_id: None,
        guestchat_via_from: None,
        reply_to: request.reply_to.as_ref().and_then(header),
        date: short.date,
        message: request.message.clone(),
        media: short.media,
        reply_markup: None,
        entities: short.entities,
        views: None,
        forwards: None,
        replies: None,
        edit_date: None,
        post_author: None,
        grouped_id: None,
        reactions: None,
        restriction_reason: None,
        ttl_period: short.ttl_period,
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

fn input_peer(peer: PeerId) -> enums::Peer {
    match peer.kind() {
        PeerKind::User(user_id) => types::PeerUser { user_id }.into(),
        PeerKind::Group(chat_id) => types::PeerChat { chat_id }.into(),
        PeerKind::Channel(channel_id) => types::PeerChannel { channel_id }.into(),
    }
}

fn header(answered: &enums::InputReplyTo) -> Option<enums::MessageReplyHeader> {
    let enums::InputReplyTo::Message(answered) = answered else {
        return None;
    };
    Some(
        types::MessageReplyHeader {
            reply_to_scheduled: false,
            forum_topic: false,
            quote: false,
            reply_to_ephemeral: false,
            reply_to_msg_id: Some(answered.reply_to_msg_id),
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
        .into(),
    )
}
