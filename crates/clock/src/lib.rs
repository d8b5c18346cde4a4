//! Wall time and virtual time behind one type.
