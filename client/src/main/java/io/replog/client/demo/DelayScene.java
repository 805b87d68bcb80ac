package io.replog.client.demo;

import io.replog.client.check.MismatchException;

/// A write returns as soon as enough nodes hold it, and no sooner.
final class DelayScene implements Scene {

  @Override
  public String title() {
    return "Delay: a write waits for as many nodes as it asks for";
  }

  @Override
  public String announcement() {
    return """
    Follower-1 holds every message back for %d s, follower-2 for %d s.
    w=1 returns at once, w=2 when follower-2 has it, w=3 when the slow one has it too.
    On the page: the cells of a row fill one after the other.\
    """
        .formatted(Nodes.SLOW_SECONDS, Nodes.QUICK_SECONDS);
  }

  @Override
  public void play(Nodes nodes, Narrator narrator) {
    MismatchException.require(
        nodes.add("warm-up", 1).isSuccess(),
        "a first message, whose time does not count, is accepted");
    double one = narrator.accepted("one", 1, nodes.add("one", 1));
    double two = narrator.accepted("two", 2, nodes.add("two", 2));
    double three = narrator.accepted("three", 3, nodes.add("three", 3));

    narrator.check("w=2 waited for follower-2", two >= Nodes.QUICK_SECONDS);
    narrator.check("w=3 waited for follower-1", three >= Nodes.SLOW_SECONDS);
    narrator.check("w=1 returned sooner than w=2", one < two);
  }
}
