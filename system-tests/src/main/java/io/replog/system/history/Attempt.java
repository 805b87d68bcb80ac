package io.replog.system.history;

/// One attempt of one client to add one message. Several attempts for one text are retries of one
/// add under one idempotency key.
///
/// @param client name of the client
/// @param text unique among all adds of a history
/// @param concern write concern that was asked for
/// @param invokedNanos when the request was sent, by one clock for the whole history
/// @param endedNanos when the outcome was known, by the same clock
public record Attempt(
    String client, String text, int concern, long invokedNanos, long endedNanos, Outcome outcome) {}
