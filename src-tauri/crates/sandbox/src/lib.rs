//! Both services, embedded on loopback.
