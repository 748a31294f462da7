//! Tests of the whole crate over servers on loopback. Owns the list; must not open a socket beyond this computer.

mod activity;
mod authority;
mod binding;
mod child;
mod credentials;
mod desktop;
mod doctor;
mod grants;
mod leaks;
mod limiter;
mod limits;
mod networks;
mod proxy;
mod reachability;
mod redirects;
mod renewal;
mod retries;
mod rotation;
mod servers;
mod sign_in;
#[cfg(target_os = "linux")]
mod tinyproxy;
mod tokens;
mod tunnel;
mod world;
