package io.replog.table;

/// What a key is worth.
///
/// @param index of the entry that gave it this value
public record Row(String key, String value, long index) {}
