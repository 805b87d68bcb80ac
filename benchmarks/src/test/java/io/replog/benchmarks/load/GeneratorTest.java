package io.replog.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  private static final Duration LENGTH = Duration.ofSeconds(2);
  private static final long STALL_NANOS = Duration.ofSeconds(1).toNanos();
  private static final HttpProtocol GET = HttpProtocol.get("/", "*/*");
  private static final double PER_SECOND = 200;

  @Test
  void countsEveryRequestOfTheRateOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.OK)) {

      Tally tally = run(server, 4, new Pace.Fixed(PER_SECOND));

      assertThat(tally.done()).isEqualTo(400).isEqualTo(server.requests());
      assertThat(tally.refused() + tally.failed()).isZero();
    }
  }

  @Test
  void countsWhatTheServerAnsweredInClosedLoop() throws Exception {
    try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.OK)) {

      Tally tally = run(server, 3, new Pace.AsFastAsAnswered());

      assertThat(tally.done()).isEqualTo(server.requests()).isGreaterThan(3);
      assertThat(tally.perSecond()).isGreaterThan(0);
    }
  }

  @Test
  void showsStallToEveryRequestThatWasMeantToStartMeanwhile() throws Exception {
    try (ScriptedServer server = stalling()) {

      Tally tally = run(server, 2, new Pace.Fixed(PER_SECOND));

      assertThat(tally.done()).isEqualTo(400);
      assertThat(tally.millisAt(75)).isGreaterThan(200);
      assertThat(tally.maxMillis()).isGreaterThan(900);
    }
  }

  /// The negative control: as fast as they are answered, the same stall hides behind the few
  /// requests that were out.
  @Test
  void hidesStallInClosedLoop() throws Exception {
    try (ScriptedServer server = stalling()) {

      Tally tally = run(server, 2, new Pace.AsFastAsAnswered());

      assertThat(tally.maxMillis()).isGreaterThan(900);
      assertThat(tally.millisAt(75)).isLessThan(200);
    }
  }

  private static ScriptedServer stalling() throws IOException {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] =
        new ScriptedServer(
            request -> {
              if (request == 50) {
                self[0].stall(STALL_NANOS);
              }
              return ScriptedServer.OK;
            });
    return self[0];
  }

  @Test
  void tellsRefusedFromFailed() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            request ->
                switch ((int) (request % 4)) {
                  case 0 -> status("503 Service Unavailable");
                  case 1 -> status("504 Gateway Timeout");
                  case 2 -> status("400 Bad Request");
                  default -> ScriptedServer.OK;
                })) {

      Tally tally = run(server, 1, new Pace.Fixed(PER_SECOND));

      assertThat(tally.done()).isEqualTo(100);
      assertThat(tally.refused()).isEqualTo(200);
      assertThat(tally.failed()).isEqualTo(100);
    }
  }

  @Test
  void countsBrokenConnectionAsFailureAndGoesOn() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(request -> request % 10 == 0 ? "" : ScriptedServer.OK)) {

      Tally tally = run(server, 2, new Pace.Fixed(PER_SECOND));

      assertThat(tally.failed()).isEqualTo(40);
      assertThat(tally.done()).isEqualTo(360);
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    try (Socket deaf = new Socket()) {
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress address = (InetSocketAddress) deaf.getLocalSocketAddress();
      Load load = new Load(address, GET, 1, new Pace.AsFastAsAnswered(), LENGTH);

      assertThatThrownBy(() -> Generator.run(load)).isInstanceOf(IOException.class);
    }
  }

  private static String status(String status) {
    return "HTTP/1.1 " + status + "\r\ncontent-length:0\r\n\r\n";
  }

  private static Tally run(ScriptedServer server, int connections, Pace pace) throws IOException {
    return Generator.run(new Load(server.address(), GET, connections, pace, LENGTH));
  }
}
