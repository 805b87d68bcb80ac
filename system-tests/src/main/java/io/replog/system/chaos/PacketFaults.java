package io.replog.system.chaos;

import io.replog.system.kit.Programs;
import io.replog.system.kit.Shell;
import java.util.List;
import java.util.random.RandomGenerator;

/// Packets between the master and a link are lost in the kernel, by rules of `nft`. Only inside a
/// network namespace of the run's own, so that nobody else loses any: see [OwnNetwork].
final class PacketFaults {

  private static final String TABLE = "replog_chaos";

  private PacketFaults() {}

  static boolean arePossible() {
    return OwnNetwork.isPossible() && Programs.isThere("nft");
  }

  static Fault of(Arena arena, RandomGenerator random) {
    String victim = Targets.one(arena.cluster().followers(), random);
    int port = arena.cluster().link(victim).port();
    String lost = "numgen random mod 100 < %d drop".formatted(random.nextInt(10, 50));
    List<Rule> rules =
        List.of(
            new Rule("lose some packets of", "dport", lost),
            new Rule("lose some packets from", "sport", lost),
            new Rule("lose packets to", "dport", "drop"),
            new Rule("lose packets from", "sport", "drop"),
            new Rule("reject packets to", "dport", "reject with tcp reset"));
    return new Losing(Targets.one(rules, random), victim, port);
  }

  /// @param words what it does, in front of a node's name
  /// @param direction `dport` for requests, `sport` for answers
  private record Rule(String words, String direction, String verdict) {}

  private record Losing(Rule rule, String victim, int port) implements Fault {
    @Override
    public String begin() {
      nft("add table inet " + TABLE);
      nft("add chain inet " + TABLE + " input { type filter hook input priority 0; }");
      nft(
          "add rule inet %s input tcp %s %d %s"
              .formatted(TABLE, rule.direction(), port, rule.verdict()));
      return rule.words() + " " + victim;
    }

    @Override
    public void end() {
      nft("delete table inet " + TABLE);
    }
  }

  private static void nft(String command) {
    Shell.run("nft", command);
  }
}
