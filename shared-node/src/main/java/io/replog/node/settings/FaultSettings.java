package io.replog.node.settings;

import java.time.Duration;

/// Which faults may be injected, and which a follower starts with. None by default.
///
/// @param allowed `FAULTS`, whether faults may be injected at run time
/// @param jitter `REPLICATION_JITTER` of a follower
/// @param errorBeforePercent `REPLICATION_ERROR_BEFORE` of a follower, 0 to 100
/// @param errorAfterPercent `REPLICATION_ERROR_AFTER` of a follower, 0 to 100
/// @param seed `FAULTS_SEED`
public record FaultSettings(
    boolean allowed, Duration jitter, int errorBeforePercent, int errorAfterPercent, int seed) {

  private static final Duration LONGEST_JITTER = Duration.ofMinutes(10);
  private static final int MAX_PERCENT = 100;

  /// The settings in `variables`; names that it does not know are ignored.
  ///
  /// @throws BadSettingException if one of them cannot be used, or asks for a fault that is not
  ///   allowed
  static FaultSettings read(Variables variables) {
    boolean allowed = variables.onOff("FAULTS").orElse(false);
    Duration jitter =
        variables
            .duration("REPLICATION_JITTER", Duration.ZERO, LONGEST_JITTER)
            .orElse(Duration.ZERO);
    requireAllowed(variables, allowed, "REPLICATION_JITTER", !jitter.isZero());
    return new FaultSettings(
        allowed,
        jitter,
        percent(variables, allowed, "REPLICATION_ERROR_BEFORE"),
        percent(variables, allowed, "REPLICATION_ERROR_AFTER"),
        variables.number("FAULTS_SEED", 0, Integer.MAX_VALUE).orElse(0));
  }

  private static int percent(Variables variables, boolean allowed, String name) {
    int percent = variables.number(name, 0, MAX_PERCENT).orElse(0);
    requireAllowed(variables, allowed, name, percent > 0);
    return percent;
  }

  private static void requireAllowed(
      Variables variables, boolean allowed, String name, boolean asked) {
    if (asked && !allowed) {
      throw new BadSettingException(name, variables.text(name).orElse(""), "0, unless FAULTS=on");
    }
  }
}
