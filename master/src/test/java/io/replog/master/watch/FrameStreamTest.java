package io.replog.master.watch;

import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class FrameStreamTest {

  private final FrameRing ring = new FrameRing();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private String streamed(String lastEventId) throws Exception {
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              try {
                new FrameStream(ring, "start", response).follow(lastEventId);
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    await().until(() -> response.getContentAsString().endsWith("data: {}\n\n"));
    ring.close();
    reader.get(60, TimeUnit.SECONDS);
    return response.getContentAsString();
  }

  @Test
  void tellsASlowReaderHowManyFramesItHasLost() throws Exception {
    for (int i = 0; i < FrameRing.CAPACITY + 10; i++) {
      ring.publish("{}".getBytes(StandardCharsets.US_ASCII));
    }

    String streamed = streamed("start-3");

    assertThat(streamed)
        .startsWith("retry: 2000\n\nevent: lost\ndata: {\"frames\":7}\n\nid: start-11\n");
    assertThat(streamed).containsOnlyOnce("lost");
  }

  @Test
  void tellsNothingLostToANewReader() throws Exception {
    for (int i = 0; i < 5; i++) {
      ring.publish("{}".getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(streamed("")).isEqualTo("retry: 2000\n\nid: start-5\nevent: frame\ndata: {}\n\n");
  }
}
