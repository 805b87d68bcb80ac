package io.replog.client.demo;

import static io.replog.client.demo.Nodes.FOLLOWER_2;
import static io.replog.client.demo.Nodes.MASTER;

import io.replog.client.check.Prefix;
import java.util.List;

/// A follower without anything receives everything, in order.
final class LateJoinScene implements Scene {

  @Override
  public String title() {
    return "Late join: an empty follower catches up";
  }

  @Override
  public String announcement() {
    return """
    Follower-2 is killed and its disk emptied; meanwhile messages go on being added.
    Started again, it receives all of them, and shows a gap-free beginning at every moment.
    On the page: its column is empty, then fills from the first row on.\
    """;
  }

  @Override
  public void play(Nodes nodes, Narrator narrator) {
    nodes.kill(FOLLOWER_2);
    nodes.wipe(FOLLOWER_2);
    narrator.tell("follower-2 was killed, and its disk emptied");
    narrator.accepted("while it was away", 1, nodes.add("while it was away", 1));
    List<String> all = nodes.texts(MASTER);
    nodes.start(FOLLOWER_2);

    narrator.await(
        "follower-2 shows all %d messages in their order".formatted(all.size()),
        () -> Prefix.isWhole(nodes.texts(FOLLOWER_2), all));
  }
}
