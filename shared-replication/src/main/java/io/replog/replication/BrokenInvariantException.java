package io.replog.replication;

import java.util.function.Supplier;

/// Something that cannot happen has happened. The node stops: going on could spread the damage.
public final class BrokenInvariantException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public BrokenInvariantException(String what) {
    super(what);
  }

  /// Checks an invariant.
  ///
  /// @throws BrokenInvariantException if `holds` is false
  public static void check(boolean holds, String what) {
    if (!holds) {
      throw new BrokenInvariantException(what);
    }
  }

  /// Checks an invariant whose description costs something to build.
  ///
  /// @throws BrokenInvariantException if `holds` is false
  public static void check(boolean holds, Supplier<String> what) {
    if (!holds) {
      throw new BrokenInvariantException(what.get());
    }
  }
}
