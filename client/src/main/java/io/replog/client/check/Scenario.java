package io.replog.client.check;

import java.util.function.Consumer;

/// Something that has to hold, and how to see whether it does.
///
/// @param name what has to hold
/// @param play tries it
/// @param needsControl whether a follower has to be stopped and started
record Scenario(String name, Consumer<Subject> play, boolean needsControl) {}
