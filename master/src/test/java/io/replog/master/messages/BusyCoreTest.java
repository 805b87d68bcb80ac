package io.replog.master.messages;

import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.cluster.MasterLoop;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyCoreTest {

  @Test
  void makesNoNumberOfHoldersUpWhenTheCoreDoesNotAnswer(@TempDir Path data) {
    try (TestFollower follower = new TestFollower("follower-1");
        TestMaster master = TestMaster.start(data, List.of(follower));
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"m\",\"write_concern\":2}");
      CompletableFuture<Boolean> free = new CompletableFuture<>();
      CompletableFuture<Boolean> busyNow = new CompletableFuture<>();
      MasterLoop loop = master.bean(MasterLoop.class);
      Thread _ =
          Thread.startVirtualThread(() -> loop.ask(() -> busyNow.complete(true) && free.join()));
      busyNow.orTimeout(60, TimeUnit.SECONDS).join();

      HttpResponse<String> busy = client.get("/messages/1");
      free.complete(true);

      assertThat(busy.statusCode()).isEqualTo(503);
      assertThat(busy.headers().firstValue("Retry-After")).contains("1");
      await().until(() -> client.get("/messages/1").statusCode() == 200);
    }
  }
}
