package io.replog.table;

import org.jspecify.annotations.Nullable;

/// What a transaction has done to a key, however often it wrote it.
///
/// @param oldValue before the transaction, null = there was no such key
/// @param value behind it
public record Change(String key, @Nullable String oldValue, String value) {}
