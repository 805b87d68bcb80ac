package io.replog.system.history;

import java.time.Duration;

/// How the cluster came to rest after everything had been healed.
///
/// @param taken from the end of the last fault on
/// @param converged whether a last message was acknowledged by all nodes and all hold everything;
///   otherwise the time was up
public record Drain(Duration taken, boolean converged) {}
