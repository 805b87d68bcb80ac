package io.replog.client.demo;

import static io.replog.client.demo.Nodes.FOLLOWER_1;
import static io.replog.client.demo.Nodes.FOLLOWER_2;
import static io.replog.client.demo.Nodes.MASTER;

import java.util.List;

/// What was acknowledged survives the death of the master.
final class RecoveryScene implements Scene {

  @Override
  public String title() {
    return "Recovery: the master is killed, and nothing is lost";
  }

  @Override
  public String announcement() {
    return """
    A message is added with w=1, and the moment it returns the master gets kill -9.
    Started again, the master has everything it acknowledged, and goes on.
    On the page: the connection is lost and comes back by itself; the epoch is one higher.\
    """;
  }

  @Override
  public void play(Nodes nodes, Narrator narrator) {
    narrator.accepted("just in time", 1, nodes.add("just in time", 1));
    List<String> before = nodes.texts(MASTER);
    nodes.kill(MASTER);
    narrator.tell("the master was killed");
    nodes.start(MASTER);
    narrator.tell("the master was started");

    narrator.check(
        "it shows the same %d messages".formatted(before.size()),
        nodes.texts(MASTER).equals(before) && before.contains("just in time"));
    narrator.accepted("after the crash", 3, nodes.add("after the crash", 3));
    List<String> all = nodes.texts(MASTER);
    narrator.check(
        "all nodes show the same %d messages".formatted(all.size()),
        nodes.texts(FOLLOWER_1).equals(all) && nodes.texts(FOLLOWER_2).equals(all));
  }
}
