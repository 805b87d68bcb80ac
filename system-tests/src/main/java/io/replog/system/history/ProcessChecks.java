package io.replog.system.history;

import io.replog.system.history.Violation.Promise;
import java.util.List;

/// What the processes of the nodes did to the machine, and to themselves.
final class ProcessChecks {

  private final History history;
  private final Findings findings;

  ProcessChecks(History history, Findings findings) {
    this.history = history;
    this.findings = findings;
  }

  void check() {
    history.resources().forEach(this::checkReturned);
    history.endings().forEach(this::checkExpected);
    history.drain().ifPresent(this::checkConverged);
  }

  private void checkReturned(Resources used) {
    used.excess()
        .forEach(
            excess ->
                report(
                    Promise.RESOURCES_RETURN,
                    "%s holds %s after everybody has gone",
                    used.node(),
                    excess));
  }

  private void checkExpected(Ending ending) {
    if (!ending.expected()) {
      report(
          Promise.NODES_STAY_UP,
          "%s ended by itself with exit code %d",
          ending.node(),
          ending.exitCode());
    }
  }

  private void checkConverged(Drain drain) {
    if (!drain.converged()) {
      report(
          Promise.CONVERGENCE,
          "%d s after the last fault not all nodes held everything, or a last add was not"
              + " acknowledged by all",
          drain.taken().toSeconds());
    }
  }

  private void report(Promise promise, String detail, Object... values) {
    findings.report(promise, List.of(), detail, values);
  }
}
