package io.replog.client.cluster;

import java.util.List;

/// What an `up` did.
///
/// @param started names of the nodes that it started
/// @param running names of those that ran already
/// @param paused names of those that are paused, and were left so
/// @param kept whether a node that it started had a data directory from earlier
public record UpReport(
    List<String> started, List<String> running, List<String> paused, boolean kept) {}
