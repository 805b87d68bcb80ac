package io.replog.client.demo;

import static io.replog.client.demo.Nodes.FOLLOWER_1;
import static io.replog.client.demo.Nodes.FOLLOWER_2;
import static io.replog.client.demo.Nodes.MASTER;

import io.replog.client.check.MismatchException;
import io.replog.client.check.Prefix;
import io.replog.client.remote.PlainNode.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Writers that know nothing of each other, and one order.
final class OrderScene implements Scene {

  private static final int ADDS = 100;

  @Override
  public String title() {
    return "Order: many writers at once, one order everywhere";
  }

  @Override
  public String announcement() {
    return """
    %d messages are added at the same moment, with w=1, 2 and 3 in turn.
    Whichever comes first: every node shows each of them once, in the same order.
    On the page: the rows appear at once, and fill column by column.\
    """
        .formatted(ADDS);
  }

  @Override
  public void play(Nodes nodes, Narrator narrator) {
    List<CompletableFuture<Answer>> adds =
        IntStream.range(0, ADDS)
            .mapToObj(number -> nodes.addLater("racer " + number, 1 + number % 3))
            .toList();
    adds.forEach(add -> MismatchException.require(add.join().isSuccess(), "every add is accepted"));
    narrator.tell("all %d adds returned".formatted(ADDS));

    List<String> order = nodes.texts(MASTER);
    List<String> racers = order.stream().filter(text -> text.startsWith("racer ")).toList();
    narrator.check(
        "the master shows each of them once",
        racers.size() == ADDS && new HashSet<>(racers).size() == ADDS);
    for (String follower : List.of(FOLLOWER_1, FOLLOWER_2)) {
      narrator.await(
          follower + " shows the same in the same order",
          () -> Prefix.isWhole(nodes.texts(follower), order));
    }
  }
}
