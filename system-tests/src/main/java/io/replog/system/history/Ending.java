package io.replog.system.history;

/// A process of a node that ended without having been killed.
///
/// @param node name of the node
/// @param exitCode as the operating system tells it
/// @param expected whether a fault was at work that has to end it
public record Ending(String node, int exitCode, boolean expected) {}
