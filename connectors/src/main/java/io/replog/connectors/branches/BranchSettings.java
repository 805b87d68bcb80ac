package io.replog.connectors.branches;

import io.replog.connectors.database.DatabaseSettings;
import io.replog.model.WriteConcern;
import io.replog.node.settings.BadSettingException;
import io.replog.node.settings.Forms;
import io.replog.node.settings.Variables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One branch.
///
/// @param name `BRANCH_k_NAME`, `branch-k` when absent; part of the key of each of its sales, so it
///   must stay what it is
/// @param database `BRANCH_k_URL` and its siblings
/// @param automatic `BRANCH_k_AUTO`: whether it is synchronised by itself from the start
/// @param interval `BRANCH_k_INTERVAL`: how often
record BranchSettings(
    String name, DatabaseSettings database, boolean automatic, Duration interval) {

  static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  static final Duration LONGEST_INTERVAL = Duration.ofHours(24);

  private static final int MOST = 99;
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  /// Every branch whose `BRANCH_k_URL` is set, for k from 1 to 99.
  ///
  /// @throws BadSettingException if a value cannot be used
  static List<BranchSettings> readAll(Variables variables) {
    List<BranchSettings> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int number = 1; number <= MOST; number++) {
      Optional<BranchSettings> branch = read(variables, number);
      if (branch.isPresent() && !names.add(branch.get().name())) {
        throw new BadSettingException(
            "BRANCH_%d_NAME".formatted(number), branch.get().name(), "the name of no other branch");
      }
      branch.ifPresent(all::add);
    }
    return List.copyOf(all);
  }

  private static Optional<BranchSettings> read(Variables variables, int number) {
    String prefix = "BRANCH_" + number;
    return DatabaseSettings.read(variables, prefix)
        .map(
            database ->
                new BranchSettings(
                    name(variables, prefix + "_NAME", "branch-" + number),
                    database,
                    variables.onOff(prefix + "_AUTO").orElse(true),
                    variables
                        .duration(prefix + "_INTERVAL", SHORTEST_INTERVAL, LONGEST_INTERVAL)
                        .orElse(DEFAULT_INTERVAL)));
  }

  private static String name(Variables variables, String variable, String otherwise) {
    String name = variables.text(variable).orElse(otherwise);
    if (!Forms.isName(name)) {
      throw new BadSettingException(
          variable, name, "a name of letters, digits, dots, dashes and underscores, at most 63");
    }
    return name;
  }

  /// `BRANCHES_WRITE_CONCERN`: how many nodes hold a sale before its branch forgets that it was to
  /// be sent.
  static WriteConcern writeConcern(Variables variables) {
    String written = variables.text("BRANCHES_WRITE_CONCERN").orElse("majority");
    return switch (written) {
      case "majority" -> new WriteConcern.Majority();
      case "all" -> new WriteConcern.All();
      default -> counted(written);
    };
  }

  private static WriteConcern counted(String written) {
    if (!written.matches("[1-9]\\d{0,3}")) {
      throw new BadSettingException(
          "BRANCHES_WRITE_CONCERN", written, "majority, all, or a whole number of at least 1");
    }
    return new WriteConcern.Count(Integer.parseInt(written));
  }
}
