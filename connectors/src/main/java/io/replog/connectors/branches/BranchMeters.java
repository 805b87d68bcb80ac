package io.replog.connectors.branches;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.connectors.work.WorkMeters;
import org.springframework.stereotype.Component;

/// `replog_branch_pending{branch}`: sales still to be sent; `replog_branch_refused{branch}`: those
/// that the log will not take as they are. Both are counted when they are asked for and not a
/// number while the branch is away. And what [WorkMeters] tells of each branch.
@Component
final class BranchMeters implements MeterBinder {

  private final Branches branches;

  BranchMeters(Branches branches) {
    this.branches = branches;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    branches.all().forEach(branch -> bind(meters, branch));
  }

  private static void bind(MeterRegistry meters, Branch branch) {
    WorkMeters.bind(meters, "branch " + branch.name(), branch.worker());
    Gauge.builder("replog.branch.pending", branch, one -> one.pending().orElse(Double.NaN))
        .description("Sales that are still to be sent")
        .tag("branch", branch.name())
        .register(meters);
    Gauge.builder("replog.branch.refused", branch, one -> one.refused().orElse(Double.NaN))
        .description("Sales that the log will not take as they are")
        .tag("branch", branch.name())
        .register(meters);
  }
}
