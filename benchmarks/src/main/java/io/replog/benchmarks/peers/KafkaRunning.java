package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Answer;
import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Three brokers with one topic of one partition, through their own client: one producer, from
/// which as many threads send as there are connections with the others, each waiting for its
/// answer.
///
/// @param servers the brokers
/// @param bootstrap their addresses
record KafkaRunning(Servers servers, String bootstrap) implements Running {

  static final String TOPIC = "log";

  private static final ProducerRecord<byte[], byte[]> RECORD =
      new ProducerRecord<>(TOPIC, Message.TEXT.getBytes(StandardCharsets.US_ASCII));
  private static final int MOST_UNANSWERED = 200_000;

  @Override
  public Tally append(int connections, Pace pace, Duration length) throws IOException {
    Tally tally = new Tally(length);
    AtomicLong started = new AtomicLong();
    try (KafkaProducer<byte[], byte[]> producer = producer(0);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      producer.partitionsFor(TOPIC);
      long start = System.nanoTime();
      for (int number = 0; number < connections; number++) {
        senders.execute(() -> send(producer, pace, started, start, tally, length.toNanos()));
      }
    }
    return tally;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      Pace pace,
      AtomicLong started,
      long start,
      Tally tally,
      long lengthNanos) {
    long intended = pace.intendedNanos(started.getAndIncrement(), System.nanoTime() - start);
    while (intended < lengthNanos) {
      waitUntil(start + intended);
      Answer answer = send(producer);
      synchronized (tally) {
        tally.count(answer, intended, System.nanoTime() - start);
      }
      intended = pace.intendedNanos(started.getAndIncrement(), System.nanoTime() - start);
    }
  }

  private static void waitUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
  }

  private static Answer send(KafkaProducer<byte[], byte[]> producer) {
    try {
      producer.send(RECORD).get();
      return Answer.DONE;
    } catch (ExecutionException _) {
      return Answer.FAILED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Answer.FAILED;
    }
  }

  /// One producer that never waits, but for room in its buffer.
  @Override
  public OptionalDouble stream(Duration length) {
    AtomicLong done = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    Semaphore room = new Semaphore(MOST_UNANSWERED);
    long end = System.nanoTime() + length.toNanos();
    try (KafkaProducer<byte[], byte[]> producer = producer(5)) {
      while (System.nanoTime() < end) {
        room.acquireUninterruptibly();
        var _ =
            producer.send(
                RECORD,
                (_, error) -> {
                  room.release();
                  (error == null && System.nanoTime() < end ? done : failed).incrementAndGet();
                });
      }
    }
    return OptionalDouble.of(done.get() * 1e9 / length.toNanos());
  }

  private KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  @Override
  public void close() {
    servers.close();
  }
}
