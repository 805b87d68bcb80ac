package io.replog.connectors.branches;

import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All branches of this process, in the order of their numbers.
final class Branches implements AutoCloseable {

  private final Map<String, Branch> byName = new LinkedHashMap<>();

  Branches(List<Branch> branches) {
    branches.forEach(branch -> byName.put(branch.name(), branch));
  }

  void begin() {
    byName.values().forEach(branch -> branch.worker().begin());
  }

  Collection<Branch> all() {
    return byName.values();
  }

  /// @throws Refusal if there is none of this name
  Branch get(String name) {
    Branch branch = byName.get(name);
    if (branch == null) {
      throw Refusal.of(
          ProblemType.NOT_FOUND,
          byName.isEmpty()
              ? "there are no branches: set BRANCH_1_URL"
              : "there is no such branch; the branches are: " + String.join(", ", byName.keySet()));
    }
    return branch;
  }

  @Override
  public void close() {
    byName.values().forEach(Branch::close);
  }
}
