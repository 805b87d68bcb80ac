package io.replog.broker;

/// What a follower says to a batch that came by the broker.
///
/// @param startId as in the batch
/// @param number as in the batch
/// @param follower who answers
/// @param status what it would be over HTTP
/// @param body what it would be over HTTP, JSON
public record AnswerMessage(
    String startId, long number, String follower, int status, byte[] body) {}
