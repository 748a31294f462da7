//! The desktop shell: the only importer of tauri. Owns the window and the commands; decides nothing.
