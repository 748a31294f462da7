//! Owns the proof against the keychain of the system itself: gnome-keyring in a session of its own, the Credential
//! Manager, the login keychain of a build machine. Must never open the keychain of whoever runs the tests.

#[cfg(test)]
mod errand;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod round_trip;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod session;
#[cfg(target_os = "linux")]
#[cfg(test)]
mod trouble;
