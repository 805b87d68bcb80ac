package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.RabbitUser;
import io.replog.system.kit.RabbitUser.Delivered;
import io.replog.system.kit.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whatever is killed at whatever moment: every message of the queue is in the log once and in its
/// order, and every message of the log gets to the queues behind the exchange, in its order, some
/// of them more than once.
class RabbitCrashTest {

  private static final int MESSAGES = 400;
  private static final long SEED = 20_261_122;

  /// Who is killed, one round after the other.
  private enum Victim {
    CONNECTORS,
    BROKER,
    LOG
  }

  private static final List<Victim> VICTIMS =
      List.of(
          Victim.CONNECTORS,
          Victim.CONNECTORS,
          Victim.BROKER,
          Victim.CONNECTORS,
          Victim.LOG,
          Victim.CONNECTORS,
          Victim.BROKER,
          Victim.CONNECTORS,
          Victim.CONNECTORS);

  @Test
  void losesAndDoublesNothingWhoeverIsKilled() {
    try (RabbitServer broker = RabbitServer.running("crash");
        TestCluster cluster = TestCluster.running("rabbit-crash", settings -> settings);
        ConnectorsProgram connectors =
            new ConnectorsProgram("crash", cluster.nodes().url(MASTER))) {
      RabbitUser user = broker.user();
      user.subscribe("copies", "replog.out", Map.of("x-queue-type", "quorum"));
      connectors
          .set("RABBITMQ_URI", broker.uri())
          .set("RABBITMQ_OUT_POSITION", connectors.file("position.json").toString())
          .start();
      TestCluster.await("the queue", () -> user.hasQueue("replog.in"));
      user.publish("replog.in", ids(), texts());

      killAll(broker, cluster, connectors);

      TestCluster.await("all of them", () -> cluster.master().texts().size() >= MESSAGES);
      TestCluster.await("the end", () -> connectors.out().get("position").asLong() == MESSAGES);
      assertThat(cluster.master().texts()).isEqualTo(texts());
      TestCluster.await(
          "an empty queue", () -> connectors.in().get("state").asString().equals("TAKING"));
      assertThat(user.waiting("replog.in.dead")).isZero();
      List<Delivered> copies = user.takeAll("copies");
      assertThat(copies.stream().map(Delivered::index).distinct().toList())
          .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
      assertThat(copies.stream().map(Delivered::text).distinct().toList()).isEqualTo(texts());
    }
  }

  private static void killAll(
      RabbitServer broker, TestCluster cluster, ConnectorsProgram connectors) {
    Random random = new Random(SEED);
    int target = 0;
    for (Victim victim : VICTIMS) {
      target = Math.max(target, cluster.master().texts().size()) + random.nextInt(1, 35);
      int until = Math.min(target, MESSAGES);
      TestCluster.await(until + " in the log", () -> cluster.master().texts().size() >= until);
      switch (victim) {
        case CONNECTORS -> {
          connectors.kill();
          connectors.start();
        }
        case BROKER -> {
          broker.kill();
          broker.start();
        }
        case LOG -> {
          cluster.nodes().kill(MASTER);
          cluster.start(MASTER);
        }
      }
    }
  }

  private static List<String> ids() {
    return IntStream.rangeClosed(1, MESSAGES).mapToObj(number -> "id-" + number).toList();
  }

  private static List<String> texts() {
    return IntStream.rangeClosed(1, MESSAGES).mapToObj(number -> "message " + number).toList();
  }
}
