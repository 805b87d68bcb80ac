package io.replog.system.history;

import io.replog.system.history.Reading.Way;
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
    history.refusedReads().forEach(this::checkDue);
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
    Set<Reading> silent = new TreeSet<>(history.readings());
    history.sights().forEach(sight -> silent.remove(sight.reading()));
    history.tailParts().forEach(part -> silent.remove(new Reading(part.node(), Way.TAIL)));
    silent.forEach(reading -> report(Promise.NODES_ANSWER, "no read has succeeded: %s", reading));
  }

  private void checkDue(RefusedRead refused, long times) {
    if (!refused.isDue()) {
      report(
          Promise.NODES_ANSWER,
          "%s answered valid reads (%s) with %d, %d times",
          refused.reading().node(),
          refused.reading().way(),
          refused.status(),
          times);
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
