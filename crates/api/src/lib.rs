//! Every use case as one typed call, its answers and events.
