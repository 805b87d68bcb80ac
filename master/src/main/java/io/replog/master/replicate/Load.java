package io.replog.master.replicate;

/// A batch that is ready to leave.
///
/// @param lastIndex of its entries; that before its first where it has none
/// @param bytes encoded
/// @param way how it gets there
record Load(long lastIndex, long bytes, Way way) {}
