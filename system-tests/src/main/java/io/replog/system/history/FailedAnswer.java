package io.replog.system.history;

/// An answer by which a node says that it has failed: 500.
///
/// @param node name of the node
/// @param request what was asked, such as `GET /messages?from=1`
/// @param answer for people
/// @param expected whether a fault was at work by which it has to fail
public record FailedAnswer(String node, String request, String answer, boolean expected) {}
