//! The operating system's keychain behind one worker thread.
