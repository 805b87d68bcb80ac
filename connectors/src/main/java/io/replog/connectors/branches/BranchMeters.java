package io.replog.connectors.branches;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.replog.connectors.work.WorkMeters;
import org.springframework.stereotype.Component;

/// `replog_branch_pending{branch}`: sales still to be sent, counted when it is asked for and not a
/// number while the branch is away; and what [WorkMeters] tells of each branch.
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
  }
}
