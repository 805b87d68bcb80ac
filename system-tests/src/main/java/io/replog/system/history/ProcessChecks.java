package io.replog.system.history;

import io.replog.system.history.Violation.Promise;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the processes of the nodes did to the machine and to themselves, and whether they answered.
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
    history.failedAnswers().forEach(this::checkExpected);
    checkReadable();
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

  private void checkExpected(FailedAnswer failed) {
    if (!failed.expected()) {
      report(
          Promise.NODES_ANSWER,
          "%s answered %s with a failure: %s",
          failed.node(),
          failed.request(),
          failed.answer());
    }
  }

  private void checkReadable() {
    Set<String> silent = new TreeSet<>(history.readFrom());
    history.sights().forEach(sight -> silent.remove(sight.node().node()));
    silent.forEach(node -> report(Promise.NODES_ANSWER, "no read of %s has succeeded", node));
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
