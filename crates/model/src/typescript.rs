//! TypeScript descriptions of the types that reach the window.

use ts_rs::{Config, TS};

/// The declaration of `T`, ready for a module of exports.
#[must_use]
pub fn declaration<T: TS>(config: &Config) -> String {
    format!("export {}\n", T::decl(config))
}

/// Declarations of every type of this crate that reaches the window.
#[must_use]
pub fn declarations(config: &Config) -> Vec<String> {
    macro_rules! all {
        ($($name:ident),* $(,)?) => { vec![$(declaration::<crate::$name>(config)),*] };
    }
    all![
        AccountId,
        ChatId,
        RowId,
        MessageId,
        OutgoingId,
        LoginId,
        PeerId,
        Code,
        Connection,
        WaitReason,
        AccountState,
        Account,
        ChatKind,
        PhotoRef,
        Draft,
        LastMessage,
        Chat,
        ChatFilter,
        MessageKind,
        EntityKind,
        Entity,
        Delivery,
        Quote,
        Media,
        Message,
        Anchor,
        HistoryPage,
        OutgoingState,
        Outgoing,
        Scope,
        Span,
        Hit,
        SearchPage,
        SharedChat,
        Contact,
        SyncStage,
        SyncProgress,
        Gap,
        Coverage,
        HealthEvent,
        HealthEntry,
        MethodWait,
        AccountHealth,
        PaceChoice,
        WorkingHours,
        AccountSettings,
        CodeWay,
        QrPicture,
        LoginStep,
        Login,
        AccountSession,
        SlotKind,
        KeySlots,
        RecoveryShown,
        BackupSettings,
        BackupOutcome,
        BackupStatus,
        BackupFile,
        BackupInfo,
        Restored,
        DiskRoom,
        Disk,
        Proxy,
        WayOut,
        AccountWayOut,
        Proxies,
        ProxyCheck,
        LockSettings,
        QuietHours,
        NotificationSettings,
        Change,
        Event,
        Envelope,
    ]
}
