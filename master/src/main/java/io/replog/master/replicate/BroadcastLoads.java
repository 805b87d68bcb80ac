package io.replog.master.replicate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replog.master.replicate.BatchReading.Encoded;
import io.replog.replication.master.MasterEffect.Send;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// Batches of one follower by the stream that all of them share, and over HTTP where that does not
/// serve, both counted: `replog_follower_sends_total{follower,transport}`.
///
/// What the stream brings back is nothing but acknowledgements. Anything else has the same batch go
/// over HTTP in the same call: what a follower says to that is of this moment, and the core deals
/// with it as always.
final class BroadcastLoads implements Loads {

  /// What is kept of the time for HTTP, where no answer comes by the broker.
  private static final Duration FOR_HTTP = Duration.ofSeconds(3);

  private static final Duration LEAST_PATIENCE = Duration.ofMillis(500);

  private final String follower;
  private final Broadcast broadcast;
  private final BatchReading reader;
  private final Transport http;
  private final UnaryOperator<Outcome> known;
  private final Counter byHttp;
  private final Counter byBroker;

  /// @param known what an outcome counts as that came by the broker, knowing who has answered over
  ///   HTTP
  BroadcastLoads(
      String follower,
      Broadcast broadcast,
      BatchReading reader,
      Transport http,
      UnaryOperator<Outcome> known,
      MeterRegistry meters) {
    this.follower = follower;
    this.broadcast = broadcast;
    this.reader = reader;
    this.http = http;
    this.known = known;
    this.byHttp = counter(meters, "http");
    this.byBroker = counter(meters, "rabbitmq");
  }

  private Counter counter(MeterRegistry meters, String transport) {
    return Counter.builder("replog.follower.sends")
        .description("Batches that were sent to a follower, by the way they went")
        .tag("follower", follower)
        .tag("transport", transport)
        .register(meters);
  }

  @Override
  public Load of(Send batch) {
    Load load =
        switch (broadcast.route(batch, () -> reader.read(batch))) {
          case Route.Alone(long upTo) -> overHttp(reader.read(batch, upTo));
          case Route.Read(Encoded read) -> overHttp(read);
          case Route.Along(Publication publication, long lastIndex) ->
              new Load(
                  lastIndex,
                  publication.bytes(),
                  atMost -> along(publication, batch, lastIndex, atMost));
        };
    broadcast.sent(follower, load.lastIndex());
    return load;
  }

  private Load overHttp(Encoded read) {
    return new Load(
        read.lastIndex(), read.json().length, atMost -> sendOverHttp(read.json(), atMost));
  }

  private Outcome along(Publication publication, Send batch, long lastIndex, Duration atMost) {
    Outcome answer = known.apply(publication.await(follower, patience(atMost)));
    if (answer instanceof Outcome.Acknowledged) {
      byBroker.increment();
      return answer;
    }
    broadcast.isLost(follower);
    return sendOverHttp(reader.read(batch, lastIndex).json(), atMost);
  }

  private Outcome sendOverHttp(byte[] json, Duration atMost) {
    byHttp.increment();
    return http.send(json, atMost);
  }

  private static Duration patience(Duration atMost) {
    Duration left = atMost.minus(FOR_HTTP);
    return left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
  }
}
