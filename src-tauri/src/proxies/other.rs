//! Owns that the desktop has nothing to add where the gateway reads the system's settings itself: Windows and macOS.
//! Must not ask anybody.

pub(super) use countersign_app::ports::SilentDesktop as Desktop;
