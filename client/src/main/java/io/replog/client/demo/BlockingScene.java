package io.replog.client.demo;

import static io.replog.client.demo.Nodes.FOLLOWER_1;

import io.replog.client.cluster.Awaiting;
import io.replog.client.remote.PlainNode.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A lost follower blocks those that ask for it, and nobody else.
final class BlockingScene implements Scene {

  private static final Duration BLOCKED = Duration.ofSeconds(3);

  @Override
  public String title() {
    return "Blocking: a dead follower delays only who needs it";
  }

  @Override
  public String announcement() {
    return """
    Follower-1 is killed. A write with w=3 then blocks, one with w=2 goes on: two nodes are left.
    When follower-1 is back, it gets what it missed, and the blocked call returns.
    On the page: the node turns red, and a badge counts the seconds of the blocked call.\
    """;
  }

  @Override
  public void play(Nodes nodes, Narrator narrator) {
    nodes.kill(FOLLOWER_1);
    narrator.tell("follower-1 was killed");
    CompletableFuture<Answer> waiting = nodes.addLater("needs all", 3);
    narrator.accepted("needs two", 2, nodes.add("needs two", 2));
    narrator.check("w=3 is still blocked", !Awaiting.until(waiting::isDone, BLOCKED));
    nodes.start(FOLLOWER_1);
    narrator.tell("follower-1 was started");

    narrator.accepted("needs all", 3, waiting.join());
    narrator.check("follower-1 shows it", nodes.texts(FOLLOWER_1).contains("needs all"));
  }
}
