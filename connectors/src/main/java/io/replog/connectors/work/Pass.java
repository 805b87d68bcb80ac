package io.replog.connectors.work;

/// What a [Worker] does each time, in steps of bounded size. A step that throws is tried again: it
/// must have done everything, or nothing that matters.
@FunctionalInterface
public interface Pass {

  /// @return whether there is more to do at once
  boolean step();
}
