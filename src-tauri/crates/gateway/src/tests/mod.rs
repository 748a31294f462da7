//! Tests of the whole crate over servers on loopback. Owns the list; must not open a socket beyond this computer.

mod activity;
mod binding;
mod child;
mod credentials;
mod grants;
mod leaks;
mod limits;
mod proxy;
mod reachability;
mod redirects;
mod renewal;
mod rotation;
mod servers;
mod sign_in;
mod tokens;
mod world;
