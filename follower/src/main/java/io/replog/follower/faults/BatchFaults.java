package io.replog.follower.faults;

import io.replog.node.faults.InjectedFaults;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Lets a batch that has come otherwise than over HTTP meet the faults in force, as [FaultFilter]
/// does for what comes over HTTP. What a partition or a pause keeps away is lost here too.
@Component
public final class BatchFaults {

  private final FaultsInForce force;

  BatchFaults(FaultsInForce force) {
    this.force = force;
  }

  /// Whether a batch that comes now, or an answer that leaves now, is lost.
  public boolean isCutOff() {
    InjectedFaults faults = force.faults();
    return faults.partition() || faults.pause();
  }

  /// @throws Refusal 500 if the dice say so: nothing was appended
  public void beforeAppend() {
    if (force.draw(force.faults().errorBeforePercent())) {
      throw injected("an error was injected before the append");
    }
  }

  /// Whether the answer to a batch is lost.
  public boolean losesAnswer() {
    return isCutOff() || force.draw(force.faults().dropAnswersPercent());
  }

  /// @throws Refusal 500 if the dice say so: the batch is durable
  public void afterAppend() {
    if (force.draw(force.faults().errorAfterPercent())) {
      throw injected("an error was injected after the append");
    }
  }

  /// What a fault answers, in words that leave it open whether anything was appended.
  static Refusal injected(String message) {
    return Refusal.of(ProblemType.INTERNAL_ERROR, message, Map.of("reason", "INJECTED"));
  }
}
