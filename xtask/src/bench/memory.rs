//! Owns the memory of a process tree: the proportional set size (PSS) of a process and of all that descend from it, as
//! Linux counts it in `/proc/PID/smaps_rollup` (proc(5)): a page shared by three processes counts a third in each.
//!
//! It must not start or end a process.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

/// The tree's PSS in bytes.
///
/// # Errors
/// When `/proc` cannot be read.
pub(crate) fn of_tree(root: u32) -> Result<u64> {
    let mut bytes = 0;
    for process in tree(root)? {
        // A process that ended meanwhile has no memory.
        if let Ok(rollup) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) {
            bytes += pss(&rollup).with_context(|| format!("no Pss line for the process {process}"))?;
        }
    }
    Ok(bytes)
}

/// `root` and all that descend from it.
///
/// # Errors
/// When `/proc` cannot be read.
pub(crate) fn tree(root: u32) -> Result<Vec<u32>> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(process) = entry?.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        if let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) {
            parents.extend(parent(&stat).map(|parent| (process, parent)));
        }
    }
    Ok(descendants(root, &parents))
}

fn descendants(root: u32, parents: &BTreeMap<u32, u32>) -> Vec<u32> {
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(&process) = tree.get(next) {
        tree.extend(
            parents
                .iter()
                .filter(|(_, parent)| **parent == process)
                .map(|(child, _)| *child),
        );
        next += 1;
    }
    tree
}

/// The fourth field; the second is the program's name in parentheses and may hold spaces and parentheses.
fn parent(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn pss(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_is_read_in_bytes_and_not_taken_for_its_parts() {
        let rollup = "55d0-7ffd ---p 00000000 00:00 0 [rollup]\nRss:  9000 kB\nPss_Dirty: 10 kB\nPss:  73 kB\n";
        assert_eq!(pss(rollup), Some(73 * 1024));
        assert_eq!(pss("Rss: 9000 kB\n"), None);
    }

    #[test]
    fn a_program_may_call_itself_anything() {
        assert_eq!(parent("812 (Web Process) S 77 812 1 0"), Some(77));
        assert_eq!(parent("812 (a) R 1) S 78 812 1 0"), Some(78));
    }

    #[test]
    fn grandchildren_belong_to_the_tree_and_neighbours_do_not() {
        let parents = BTreeMap::from([(10, 1), (11, 10), (12, 11), (20, 1), (21, 20)]);
        assert_eq!(descendants(10, &parents), [10, 11, 12]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_very_process_uses_memory() {
        assert!(of_tree(std::process::id()).unwrap() > 100_000);
    }
}
