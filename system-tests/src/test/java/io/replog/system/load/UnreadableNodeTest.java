package io.replog.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.replog.system.history.Checker;
import io.replog.system.history.History;
import io.replog.system.history.Reading;
import io.replog.system.history.Reading.Way;
import io.replog.system.history.RefusedRead;
import io.replog.system.history.Sight.Shower;
import io.replog.system.history.Violation;
import io.replog.system.history.Violation.Promise;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Readers of a node that refuses everything leave enough in the history for it to be judged.
class UnreadableNodeTest {

  private static final String NODE = "follower-1";

  private final History history = new History();
  private final HttpServer server;
  private volatile int status = 503;

  UnreadableNodeTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          call.sendResponseHeaders(status, -1);
          call.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void isFoundForEachWayOfReading() {
    readUntilRefused(() -> false);

    assertThat(Checker.check(history))
        .extracting(Violation::detail)
        .containsExactly(
            "no read has succeeded: follower-1 LOCAL",
            "no read has succeeded: follower-1 MAJORITY",
            "no read has succeeded: follower-1 TAIL");
  }

  @Test
  void isFoundToFailAlsoByTails() {
    status = 500;

    readUntilRefused(() -> false);

    assertThat(history.failedAnswers()).anyMatch(answer -> answer.request().equals("a tail"));
    assertThat(Checker.check(history))
        .extracting(Violation::promise)
        .containsOnly(Promise.NODES_ANSWER);
  }

  @Test
  void mayFailWhileItsDiskDoes() {
    status = 500;

    readUntilRefused(() -> true);

    assertThat(history.failedAnswers()).isNotEmpty().allMatch(answer -> answer.expected());
  }

  private void readUntilRefused(BooleanSupplier fails) {
    NodeClient node = new NodeClient("http://127.0.0.1:" + server.getAddress().getPort());
    Shower shower = new Shower(NODE, 0);
    Run run = new Run();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.execute(Reader.ofLog(() -> shower, node, fails, history, run));
      threads.execute(Reader.ofMajority(() -> shower, node, fails, history, run));
      threads.execute(new Listener(NODE, node, fails, history, new Random(1), run));
      for (Way way : Way.values()) {
        RefusedRead refused = new RefusedRead(new Reading(NODE, way), status);
        TestCluster.await(
            "a read that is " + refused, () -> history.refusedReads().containsKey(refused));
      }
      run.end();
    }
  }
}
