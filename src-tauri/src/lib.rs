//! The desktop shell: commands, events and media for the window. Wiring only.
