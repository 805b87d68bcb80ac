package io.replog.client.remote;

import io.replog.client.Failure;
import org.jspecify.annotations.Nullable;

/// A write concern as people write it.
public final class WriteConcern {

  private WriteConcern() {}

  /// @param written null for the cluster's default
  /// @throws Failure if it is none
  public static void require(@Nullable String written) {
    if (written != null && !written.matches("[1-9][0-9]{0,8}|majority|all")) {
      throw Failure.usage(
          "-w %s cannot be used; allowed: a number of nodes from 1, majority, all"
              .formatted(written));
    }
  }
}
